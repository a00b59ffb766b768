import { z } from "zod";
import { failoverSeconds } from "../../components/cloudflare/failover";
import { inexpressibleShare } from "../../components/cloudflare/steering";
import { checkWebAcl, webAclSchema } from "./entry";
import { count, label } from "./fields";
import type { Issue } from "./issue";
import { jurisdictionName, type Jurisdictions, type Regions } from "./regions";
import { collect } from "./salvage";

const wholeSeconds = (min: number, max: number) => count(min).pipe(z.number().max(max));

/**
 * Areas of the world that Cloudflare checks from.
 *
 * @see https://developers.cloudflare.com/load-balancing/reference/region-mapping-api/
 */
const CHECK_REGIONS = [
  "WNAM",
  "ENAM",
  "NSAM",
  "SSAM",
  "WEU",
  "EEU",
  "NAF",
  "SAF",
  "ME",
  "SAS",
  "SEAS",
  "NEAS",
  "OC",
] as const;

/**
 * Periods that a rate limit can count over, seconds.
 *
 * @see https://developers.cloudflare.com/waf/rate-limiting-rules/parameters/
 */
const RATE_PERIODS = [10, 60, 120, 300, 600, 3_600] as const;

const tls = z
  .strictObject({
    minVersion: z
      .enum(["1.2", "1.3"])
      .default("1.2")
      .describe("Oldest version of TLS that the edge speaks with users."),
    hsts: z
      .strictObject({
        maxAgeSeconds: count(0)
          .default(31_536_000)
          .describe("How long browsers remember to use HTTPS only, in seconds."),
        includeSubdomains: z.boolean().default(true).describe("Whether that holds for every name of the zone."),
        preload: z
          .boolean()
          .default(false)
          .describe("Whether browsers may carry the zone in their list; hard to undo."),
      })
      .prefault({})
      .describe("HTTP Strict Transport Security."),
  })
  .prefault({})
  .describe("How the zone speaks TLS. Certificates of the origins are always verified.");

const waf = z
  .strictObject({
    owasp: z
      .strictObject({
        scoreThreshold: z
          .literal([25, 40, 60])
          .default(40)
          .describe("Score from which a request is blocked: 25 strict, 40 medium, 60 lax."),
        paranoiaLevel: z
          .literal([1, 2, 3, 4])
          .default(1)
          .describe("How suspicious the rules are, 1 to 4; above 1 expect false alarms."),
      })
      .prefault({})
      .describe("The OWASP core rules."),
  })
  .prefault({})
  .describe("The managed firewall of the edge.");

const rateLimit = z.strictObject({
  name: label(30).describe("Name of the limit."),
  pathPrefix: z
    .string()
    .regex(/^\/[\w./-]*$/, "the beginning of a path, such as /api/login")
    .optional()
    .describe("Beginning of the paths that it counts; all paths of the application without it."),
  requests: count(1).describe("Requests of one address in the period above which it is blocked."),
  periodSeconds: z.literal(RATE_PERIODS).describe("Period that is counted over, in seconds."),
  blockSeconds: wholeSeconds(10, 86_400).describe("How long the address stays blocked, 10 to 86400 seconds."),
});

const loadBalancer = z
  .strictObject({
    path: z
      .string()
      .regex(/^\/[\w./-]*$/, "a path such as /health/ready")
      .default("/health/ready")
      .describe("Path that is checked in every region; healthy is 200."),
    intervalSeconds: wholeSeconds(5, 3_600)
      .default(10)
      .describe("Time between two checks from one data center. Under 15 seconds needs an Enterprise plan."),
    failures: count(1)
      .pipe(z.number().max(10))
      .default(3)
      .describe("Failed checks in a row that make a region unhealthy."),
    recoveries: count(1)
      .pipe(z.number().max(10))
      .default(2)
      .describe("Passed checks in a row that make it healthy again."),
    timeoutSeconds: wholeSeconds(1, 10).default(5).describe("How long a check waits for an answer."),
    retries: count(0)
      .pipe(z.number().max(5))
      .default(0)
      .describe("Attempts after one that timed out, made at once, before the check counts as failed."),
    propagationSeconds: wholeSeconds(0, 60)
      .default(15)
      .describe("How long a verdict takes to reach every data center: an assumption, measured in failover drills."),
    budgetSeconds: wholeSeconds(10, 600)
      .default(60)
      .describe("Routing moves in less than this: interval x failures + timeout x (retries + 1) + propagation."),
    affinitySeconds: wholeSeconds(1_800, 604_800)
      .default(28_800)
      .describe(
        "How long a user stays in a healthy region, whose cache holds the session: a school day. 1800 to 604800, limits of Cloudflare.",
      ),
    checkRegions: z
      .record(jurisdictionName, z.array(z.enum(CHECK_REGIONS)).min(1))
      .describe("Areas that a jurisdiction's regions are checked from, three data centers each: where its users are."),
  })
  .describe("Health checks and the time in which users are moved to another region of their jurisdiction.");

const staticSite = z
  .strictObject({
    defaultTtlSeconds: wholeSeconds(0, 31_536_000)
      .default(86_400)
      .describe("How long an asset is stored that says nothing itself, in seconds."),
    maxTtlSeconds: wholeSeconds(0, 31_536_000)
      .default(31_536_000)
      .describe("How long an asset is stored at most. For content-hashed names only: a new content has a new name."),
    priceClass: z
      .enum(["PriceClass_All", "PriceClass_200", "PriceClass_100"])
      .default("PriceClass_All")
      .describe("Where in the world assets are served from."),
    dnsTtlSeconds: wholeSeconds(60, 86_400)
      .default(300)
      .describe("Time to live of the host name's record, in seconds."),
    webAcl: webAclSchema.describe("The firewall of the distribution."),
  })
  .describe("CloudFront, which serves content-hashed assets of both colors from a private bucket.");

export const edgeSchema = z
  .strictObject({
    accountId: z
      .string()
      .regex(/^[0-9a-f]{32}$/, "a Cloudflare account id: 32 hex digits")
      .describe("The Cloudflare account."),
    secretGeneration: count(1)
      .default(1)
      .describe(
        "Which pair of secrets the edge has: what it proves itself with to the load balancers, and the testers' token. A higher number makes new ones at the next `pulumi up`; requests are refused in the seconds between the change in the regions and at the edge, so do it while the maintenance page is on.",
      ),
    tls,
    waf,
    rateLimits: z
      .array(rateLimit)
      .min(1)
      .max(20)
      .describe("Limits on the rate of requests from one address, counted by each data center of the edge."),
    loadBalancer,
    static: staticSite,
  })
  .describe("Cloudflare in front of the application, CloudFront in front of the assets: one path for each host name.");

export type EdgeConfig = z.infer<typeof edgeSchema>;

/** What the edge section must agree on with itself, with the jurisdictions and with the regions. */
export function checkEdge(config: { edge?: EdgeConfig; jurisdictions?: Jurisdictions; regions?: Regions }): Issue[] {
  const { edge } = config;
  const checks =
    edge === undefined
      ? []
      : [
          () => checkFailover(edge.loadBalancer),
          () => checkAreas(edge.loadBalancer, config.jurisdictions),
          () => checkStatic(edge.static),
          () => checkRateLimits(edge.rateLimits),
        ];
  return collect(() => checkWeights(config.regions), ...checks);
}

function checkWeights(regions: Regions | undefined): Issue[] {
  return Object.entries(regions ?? {}).flatMap(([region, { share }]) => {
    const message = inexpressibleShare(share);
    return message === undefined ? [] : [{ path: `regions.${region}.share`, message, value: share }];
  });
}

function checkFailover(loadBalancer: EdgeConfig["loadBalancer"]): Issue[] {
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

function checkAreas({ checkRegions }: EdgeConfig["loadBalancer"], jurisdictions: Jurisdictions | undefined): Issue[] {
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

function checkStatic({ defaultTtlSeconds, maxTtlSeconds, webAcl }: EdgeConfig["static"]): Issue[] {
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

function checkRateLimits(rateLimits: EdgeConfig["rateLimits"]): Issue[] {
  const names = rateLimits.map(({ name }) => name);
  return names.flatMap((value, index): Issue[] =>
    names.indexOf(value) === index
      ? []
      : [{ path: `edge.rateLimits[${index}].name`, message: "each name once", value }],
  );
}
