import { inexpressible } from "../../components/traffic/split";
import { parseRange, rangesOverlap } from "../../components/internal/cidr";
import { seconds } from "./fields";
import type { Issue } from "./issue";
import { checkAccount } from "./account";
import { checkAi } from "./ai";
import { applicationChecks } from "./applicationChecks";
import { checkCache } from "./cache";
import { checkDatabase } from "./databaseCheck";
import { checkEdge } from "./edge";
import { checkEntry } from "./entry";
import type { ApplicationConfig, CommonConfig, PlatformConfig, TrafficConfig } from "./schema";

/** The sections that were parsed without error; a check looks at what is there. */
export type PartialConfig = Partial<CommonConfig & PlatformConfig & ApplicationConfig & TrafficConfig>;

/** What sections must agree on. Each check is pure and reports everything that it finds. */
export const checks: readonly ((config: PartialConfig) => Issue[])[] = [
  checkShares,
  checkRoles,
  checkJurisdictionsAndRegions,
  checkRanges,
  checkCountries,
  checkHosts,
  checkAccount,
  checkDatabase,
  checkCache,
  checkEntry,
  checkEdge,
  checkAi,
  checkTraffic,
  checkStickiness,
  ...applicationChecks,
];

function checkShares({ jurisdictions, regions }: PartialConfig): Issue[] {
  if (jurisdictions === undefined || regions === undefined) {
    return [];
  }
  const issues: Issue[] = [];
  const round = (value: number) => Math.round(value * 100) / 100;
  for (const [name, jurisdiction] of Object.entries(jurisdictions)) {
    const inside = Object.entries(regions).filter(([, region]) => region.jurisdiction === name);
    const sum = round(inside.reduce((total, [, region]) => total + region.share, 0));
    if (inside.length > 0 && sum !== jurisdiction.share) {
      const parts = inside.map(([region, { share }]) => `${region} ${share}`).join(" + ");
      issues.push({
        path: `jurisdictions.${name}.share`,
        message: `the shares of its regions must add up to it: ${parts} = ${sum}`,
        value: jurisdiction.share,
      });
    }
  }
  const total = round(Object.values(jurisdictions).reduce((sum, { share }) => sum + share, 0));
  if (total !== 100) {
    issues.push({
      path: "jurisdictions",
      message: `the shares of all jurisdictions must add up to 100, they are ${total}`,
      value: total,
    });
  }
  return issues;
}

function checkRoles({ regions }: PartialConfig): Issue[] {
  const issues: Issue[] = [];
  for (const [name, region] of Object.entries(regions ?? {})) {
    const path = `regions.${name}`;
    if (region.role === "recovery" && region.share !== 0) {
      issues.push({
        path: `${path}.share`,
        message: "a recovery region serves nobody until it is activated: 0",
        value: region.share,
      });
    }
    if (region.role !== "recovery" && region.share === 0) {
      issues.push({
        path: `${path}.share`,
        message: `a ${region.role} region serves: above 0, or role recovery`,
        value: region.share,
      });
    }
    for (const [index, zone] of region.zones.entries()) {
      if (!zone.startsWith(name) || zone.length !== name.length + 1) {
        issues.push({ path: `${path}.zones[${index}]`, message: `a zone of ${name}, such as ${name}a`, value: zone });
      }
    }
    if (new Set(region.zones).size !== region.zones.length) {
      issues.push({ path: `${path}.zones`, message: "each zone once", value: region.zones });
    }
  }
  const primaries = Object.entries(regions ?? {}).filter(([, region]) => region.role === "primary");
  if (regions !== undefined && primaries.length !== 1) {
    issues.push({
      path: "regions",
      message: `exactly one region has role primary, it holds what exists once`,
      value: primaries.map(([name]) => name),
    });
  }
  return issues;
}

function checkJurisdictionsAndRegions({ jurisdictions, regions }: PartialConfig): Issue[] {
  if (jurisdictions === undefined || regions === undefined) {
    return [];
  }
  const issues: Issue[] = [];
  const known = Object.keys(jurisdictions);
  for (const [name, region] of Object.entries(regions)) {
    if (!known.includes(region.jurisdiction)) {
      issues.push({
        path: `regions.${name}.jurisdiction`,
        message: `one of ${known.join(", ")}`,
        value: region.jurisdiction,
      });
    }
  }
  for (const name of known) {
    const inside = Object.entries(regions).filter(([, region]) => region.jurisdiction === name);
    const databases = inside.filter(([, region]) => region.database === "primary").map(([region]) => region);
    if (inside.length < 2) {
      issues.push({
        path: `jurisdictions.${name}`,
        message: "a jurisdiction needs a second region, because failover and copies stay inside it",
        value: inside.map(([region]) => region),
      });
    }
    if (inside.length > 0 && databases.length !== 1) {
      issues.push({
        path: `jurisdictions.${name}`,
        message: "exactly one of its regions holds the primary database (regions.<region>.database)",
        value: databases,
      });
    }
  }
  return issues;
}

function checkRanges({ regions }: PartialConfig): Issue[] {
  const issues: Issue[] = [];
  const entries = Object.entries(regions ?? {});
  for (const [index, [name, { cidr }]] of entries.entries()) {
    const range = parseRange(cidr);
    if (range.prefix < 16 || range.prefix > 20) {
      issues.push({
        path: `regions.${name}.cidr`,
        message: "a VPC's range is /16 to /20: three tiers in three zones fit",
        value: cidr,
      });
    }
    if (range.base !== range.first) {
      issues.push({
        path: `regions.${name}.cidr`,
        message: "the first address of the range, without host bits",
        value: cidr,
      });
    }
    for (const [other, { cidr: otherCidr }] of entries.slice(0, index)) {
      if (rangesOverlap(range, parseRange(otherCidr))) {
        issues.push({
          path: `regions.${name}.cidr`,
          message: `overlaps ${other} (${otherCidr}); ranges are disjoint`,
          value: cidr,
        });
      }
    }
  }
  return issues;
}

function checkCountries({ jurisdictions }: PartialConfig): Issue[] {
  const issues: Issue[] = [];
  const owner = new Map<string, string>();
  for (const [name, { countries }] of Object.entries(jurisdictions ?? {})) {
    for (const [index, country] of countries.entries()) {
      const before = owner.get(country);
      if (before !== undefined) {
        issues.push({
          path: `jurisdictions.${name}.countries[${index}]`,
          message: `${before} has it already; each country once`,
          value: country,
        });
      }
      owner.set(country, name);
    }
  }
  const elsewhere = Object.entries(jurisdictions ?? {}).filter(([, jurisdiction]) => jurisdiction.elsewhere);
  if (jurisdictions !== undefined && elsewhere.length !== 1) {
    issues.push({
      path: "jurisdictions",
      message: "exactly one jurisdiction takes the users of other countries (elsewhere: true)",
      value: elsewhere.map(([name]) => name),
    });
  }
  return issues;
}

function checkHosts({ deployment }: PartialConfig): Issue[] {
  if (deployment === undefined) {
    return [];
  }
  const { zone, app, static: assets } = deployment.hosts;
  const inside = (["app", "static"] as const)
    .filter((host) => !deployment.hosts[host].endsWith(`.${zone}`))
    .map((host) => ({
      path: `deployment.hosts.${host}`,
      message: `a name inside ${zone}`,
      value: deployment.hosts[host],
    }));
  const same =
    app === assets
      ? [{ path: "deployment.hosts.static", message: "another name than hosts.app: one path per host", value: assets }]
      : [];
  return [...inside, ...same];
}

function checkTraffic({ traffic, rollout }: PartialConfig): Issue[] {
  const shares: [string, number][] = [
    ...(traffic === undefined ? [] : [["traffic.green", traffic.green] as [string, number]]),
    ...Object.entries(traffic?.regions ?? {}).map(([region, share]): [string, number] => [
      `traffic.regions.${region}`,
      share,
    ]),
    ...(rollout?.steps ?? []).map(({ share }, index): [string, number] => [`rollout.steps[${index}].share`, share]),
  ];
  return shares.flatMap(([path, value]) => {
    const message = inexpressible("alb-listener-rule", value);
    return message === undefined ? [] : [{ path, message, value }];
  });
}

function checkStickiness({ routers, rollout }: PartialConfig): Issue[] {
  const soaks = (rollout?.steps ?? []).flatMap(({ soak }) => (soak === undefined ? [] : [seconds(soak)]));
  const shortest = Math.min(...soaks);
  return routers !== undefined && routers.stickinessSeconds > 0 && routers.stickinessSeconds >= shortest
    ? [
        {
          path: "routers.stickinessSeconds",
          message: `shorter than the shortest soak of the rollout plan (${shortest} s), or 0: a sticky user stays on a color that was left`,
          value: routers.stickinessSeconds,
        },
      ]
    : [];
}
