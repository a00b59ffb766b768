import { failoverSeconds } from "../../components/cloudflare/failover";
import { inexpressibleShare } from "../../components/cloudflare/steering";
import type { Deployment } from "./deployment";
import {
  CHECK_REGIONS,
  type EdgeConfig,
  type EdgeKind,
  type LoadBalancerConfig,
  type RateLimits,
  type StaticSiteConfig,
} from "./edge";
import type { EntryConfig } from "./entry";
import type { Issue } from "./issue";
import type { Jurisdictions, Regions } from "./regions";
import { collect } from "./salvage";
import { checkWebAcl } from "./webAcl";

/** What the edge is checked with; a section that is missing has errors of its own. */
interface Surroundings {
  edge?: EdgeConfig;
  entry?: EntryConfig;
  deployment?: Deployment;
  jurisdictions?: Jurisdictions;
  regions?: Regions;
}

/** What the edge section must agree on with itself, with the names, the entries, the jurisdictions and the regions. */
export function checkEdge(config: Surroundings): Issue[] {
  const { edge } = config;
  const checks =
    edge === undefined
      ? []
      : [
          () => checkKind(edge, config.regions),
          () => (config.entry === undefined ? [] : checkDoor(edge.kind, config.entry, config.regions)),
          () => (config.deployment === undefined ? [] : checkNames(edge, config.deployment.hosts)),
          () => (edge.loadBalancer === undefined ? [] : checkFailover(edge.loadBalancer)),
          () => (edge.loadBalancer === undefined ? [] : checkAreas(edge.loadBalancer, config.jurisdictions)),
          () => checkClosed(edge, config.regions),
          () => (edge.static === undefined ? [] : checkStatic(edge.static)),
          () =>
            edge.distribution === undefined ? [] : checkWebAcl("edge.distribution.webAcl", edge.distribution.webAcl),
          () => checkRateLimits(edge.rateLimits ?? []),
        ];
  return collect(() => checkWeights(config.regions), ...checks);
}

/** Which parts an edge has to have, and which it cannot. */
const PARTS = {
  cloudflare: { has: ["accountId", "rateLimits"], lacks: ["distribution"] },
  cloudfront: { has: ["distribution"], lacks: ["accountId", "waf", "rateLimits", "loadBalancer", "assets"] },
} as const satisfies Record<EdgeKind, Record<"has" | "lacks", readonly (keyof EdgeConfig)[]>>;

/** An issue where a value is missing. */
function needed(path: string, value: unknown, message: string): Issue[] {
  return value === undefined ? [{ path, message }] : [];
}

/** An issue where there is a value that does not belong. */
function alien(path: string, value: unknown, message: string): Issue[] {
  return value === undefined ? [] : [{ path, message, value, remove: true }];
}

function checkKind(edge: EdgeConfig, regions: Regions | undefined): Issue[] {
  const { has, lacks } = PARTS[edge.kind];
  const other = edge.kind === "cloudflare" ? "cloudfront" : "cloudflare";
  return [
    ...has.flatMap((part) => needed(`edge.${part}`, edge[part], `is required with edge.kind ${edge.kind}`)),
    ...lacks.flatMap((part) => alien(`edge.${part}`, edge[part], `only with edge.kind ${other}`)),
    ...(regions === undefined ? [] : checkReach(edge, Object.keys(regions).length > 1)),
  ];
}

/** Several regions need something that chooses between them, and one needs nothing. */
function checkReach({ kind, loadBalancer }: EdgeConfig, several: boolean): Issue[] {
  const path = "edge.loadBalancer";
  if (kind === "cloudfront") {
    const message = "cloudflare, because a distribution has one region behind it here";
    return several ? [{ path: "edge.kind", message, value: kind }] : [];
  }
  return several
    ? needed(path, loadBalancer, "is required: it chooses between the regions")
    : alien(path, loadBalancer, "only with several regions: there is nothing to choose from");
}

/** Who may reach the load balancers, and who counts the requests of an address. */
/** How long CloudFront waits for an answer at most, seconds: AWS' quota as every account has it. */
const CLOUDFRONT_WAITS = 120;

function checkDoor(
  kind: EdgeKind,
  { edgeRanges, edgePrefixLists, webAcl, idleTimeoutSeconds }: EntryConfig,
  regions?: Regions,
): Issue[] {
  const [ranges, lists, limit] = ["edgeRanges", "edgePrefixLists", "webAcl.requestsPerFiveMinutes"].map(
    (key) => `entry.${key}`,
  ) as [string, string, string];
  const counted = webAcl.requestsPerFiveMinutes;
  return kind === "cloudflare"
    ? [
        ...needed(ranges, edgeRanges, "is required with edge.kind cloudflare: its ranges"),
        ...alien(lists, edgePrefixLists, "only with edge.kind cloudfront, whose addresses AWS keeps in a list"),
        ...needed(limit, counted, "is required with edge.kind cloudflare"),
      ]
    : [
        ...(idleTimeoutSeconds > CLOUDFRONT_WAITS
          ? [
              {
                path: "entry.idleTimeoutSeconds",
                message: `at most ${CLOUDFRONT_WAITS} with edge.kind cloudfront, which waits no longer for an answer`,
                value: idleTimeoutSeconds,
              },
            ]
          : []),
        ...alien(
          ranges,
          edgeRanges,
          `only with edge.kind cloudflare: AWS keeps the addresses of CloudFront (${lists})`,
        ),
        ...Object.keys(regions ?? {}).flatMap((region) =>
          needed(
            `${lists}.${region}`,
            edgePrefixLists?.[region],
            "is required: the id of com.amazonaws.global.cloudfront.origin-facing there",
          ),
        ),
        ...alien(
          limit,
          counted,
          "only at edge.distribution.webAcl: the load balancer sees CloudFront's addresses, not its users'",
        ),
      ];
}

/** Which names an edge can answer to. */
function checkNames(edge: EdgeConfig, hosts: Deployment["hosts"]): Issue[] {
  const [others, assets] = ["deployment.hosts.others", "deployment.hosts.static"] as const;
  const served = edge.static !== undefined || edge.assets !== undefined;
  return [
    ...(edge.kind === "cloudfront"
      ? alien(others, hosts.others, "only with edge.kind cloudflare: the distribution has a certificate for one name")
      : []),
    ...(edge.loadBalancer === undefined
      ? []
      : alien(others, hosts.others, "only without edge.loadBalancer, which answers to one name")),
    ...(edge.static === undefined
      ? []
      : alien("edge.assets", edge.assets, "not beside edge.static: one path per host")),
    ...(served
      ? needed(assets, hosts.static, "is required: the name at which the edge serves assets")
      : alien(assets, hosts.static, "only with edge.static or edge.assets, which serve assets at this name")),
  ];
}

function checkWeights(regions: Regions | undefined): Issue[] {
  return Object.entries(regions ?? {}).flatMap(([region, { share }]) => {
    const message = inexpressibleShare(share);
    return message === undefined ? [] : [{ path: `regions.${region}.share`, message, value: share }];
  });
}

/** Who is sent to no region that is closed must be sent to another one of the jurisdiction. */
function checkClosed({ closed, loadBalancer }: EdgeConfig, regions: Regions | undefined): Issue[] {
  if (closed.length === 0 || regions === undefined) {
    return [];
  }
  if (loadBalancer === undefined) {
    const message = "none: only edge.loadBalancer chooses between regions";
    return [{ path: "edge.closed", message, value: closed, remove: true }];
  }
  return closed.flatMap((region, index): Issue[] => {
    const path = `edge.closed[${index}]`;
    const jurisdiction = regions[region]?.jurisdiction;
    if (jurisdiction === undefined) {
      return [{ path, message: `one of ${Object.keys(regions).join(", ")}`, value: region }];
    }
    const open = Object.entries(regions).some(
      ([name, each]) => each.jurisdiction === jurisdiction && !closed.includes(name),
    );
    return open
      ? []
      : [{ path, message: `not every region of ${jurisdiction}: its users would go nowhere`, value: region }];
  });
}

function checkFailover(loadBalancer: LoadBalancerConfig): Issue[] {
  const worst = failoverSeconds(loadBalancer);
  const { intervalSeconds, failures, timeoutSeconds, retries, propagationSeconds, budgetSeconds } = loadBalancer;
  const issues: Issue[] = [];
  if (worst >= budgetSeconds) {
    issues.push({
      path: "edge.loadBalancer.intervalSeconds",
      message:
        `routing must move in less than ${budgetSeconds} s; it takes ${worst} s: ${intervalSeconds} x ${failures} failures ` +
        `+ ${timeoutSeconds} x ${retries + 1} attempts + ${propagationSeconds} propagation`,
      value: intervalSeconds,
    });
  }
  if (timeoutSeconds * (retries + 1) > intervalSeconds) {
    issues.push({
      path: "edge.loadBalancer.timeoutSeconds",
      message: `a check with its retries ends before the next one begins: timeout x (retries + 1) is ${intervalSeconds} s at most`,
      value: timeoutSeconds,
    });
  }
  return issues;
}

function checkAreas({ checkRegions }: LoadBalancerConfig, jurisdictions: Jurisdictions | undefined): Issue[] {
  if (jurisdictions === undefined) {
    return [];
  }
  const known = Object.keys(jurisdictions);
  const missing = known.filter((name) => checkRegions[name] === undefined);
  const unknown = Object.keys(checkRegions).filter((name) => !known.includes(name));
  return [
    ...missing.map((name) => ({
      path: `edge.loadBalancer.checkRegions.${name}`,
      message: `is required: the areas that ${name} is checked from, of ${CHECK_REGIONS.join(", ")}`,
    })),
    ...unknown.map((name) => ({
      path: `edge.loadBalancer.checkRegions.${name}`,
      message: `unknown key; allowed: ${known.join(", ")}`,
      value: checkRegions[name],
    })),
  ];
}

function checkStatic({ defaultTtlSeconds, maxTtlSeconds, webAcl }: StaticSiteConfig): Issue[] {
  const order =
    defaultTtlSeconds <= maxTtlSeconds
      ? []
      : [
          {
            path: "edge.static.defaultTtlSeconds",
            message: `at most maxTtlSeconds, ${maxTtlSeconds}`,
            value: defaultTtlSeconds,
          },
        ];
  return [...order, ...checkWebAcl("edge.static.webAcl", webAcl)];
}

function checkRateLimits(rateLimits: RateLimits): Issue[] {
  const names = rateLimits.map(({ name }) => name);
  return names.flatMap((value, index): Issue[] =>
    names.indexOf(value) === index
      ? []
      : [{ path: `edge.rateLimits[${index}].name`, message: "each name once", value }],
  );
}
