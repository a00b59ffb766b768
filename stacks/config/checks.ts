import { inexpressible } from "../../components/traffic/split";
import { parseRange, rangesOverlap } from "../../components/internal/cidr";
import type { Issue } from "./issue";
import { checkAccount } from "./account";
import { checkAi } from "./ai";
import { applicationChecks } from "./applicationChecks";
import { checkCache } from "./cache";
import { checkDatabase } from "./databaseCheck";
import { checkEdge } from "./edge";
import { checkEntry } from "./entry";
import type { Jurisdictions, Region, Regions } from "./regions";
import { rolloutChecks } from "./rollout/checks";
import { collect } from "./salvage";
import type { ApplicationConfig, CommonConfig, PlatformConfig, TrafficConfig } from "./schema";
import type { Traffic } from "./traffic";

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
  checkTrafficRegions,
  ...rolloutChecks,
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
  return collect(...Object.keys(regions ?? {}).map((name) => () => checkRegion(name, regions![name]!)), () =>
    checkPrimary(regions),
  );
}

function checkRegion(name: string, region: Region): Issue[] {
  const issues: Issue[] = [];
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
  return issues;
}

function checkPrimary(regions: Regions | undefined): Issue[] {
  const primaries = Object.entries(regions ?? {}).filter(([, region]) => region.role === "primary");
  return regions !== undefined && primaries.length !== 1
    ? [
        {
          path: "regions",
          message: `exactly one region has role primary, it holds what exists once`,
          value: primaries.map(([name]) => name),
        },
      ]
    : [];
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
  const names = Object.keys(regions ?? {});
  return collect(
    ...names.map((name) => () => checkRange(name, regions![name]!)),
    ...names.flatMap((name, index) =>
      names.slice(0, index).map((other) => () => checkDisjoint(name, regions![name]!, other, regions![other]!)),
    ),
  );
}

function checkRange(name: string, { cidr }: Region): Issue[] {
  const range = parseRange(cidr);
  const path = `regions.${name}.cidr`;
  const issues: Issue[] = [];
  if (range.prefix < 16 || range.prefix > 20) {
    issues.push({ path, message: "a VPC's range is /16 to /20: three tiers in three zones fit", value: cidr });
  }
  if (range.base !== range.first) {
    issues.push({ path, message: "the first address of the range, without host bits", value: cidr });
  }
  return issues;
}

function checkDisjoint(name: string, { cidr }: Region, other: string, { cidr: otherCidr }: Region): Issue[] {
  return rangesOverlap(parseRange(cidr), parseRange(otherCidr))
    ? [{ path: `regions.${name}.cidr`, message: `overlaps ${other} (${otherCidr}); ranges are disjoint`, value: cidr }]
    : [];
}

function checkCountries({ jurisdictions }: PartialConfig): Issue[] {
  return jurisdictions === undefined
    ? []
    : collect(
        () => checkCountriesOnce(jurisdictions),
        () => checkElsewhere(jurisdictions),
      );
}

function checkCountriesOnce(jurisdictions: Jurisdictions): Issue[] {
  const issues: Issue[] = [];
  const owner = new Map<string, string>();
  for (const [name, { countries }] of Object.entries(jurisdictions)) {
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
  return issues;
}

function checkElsewhere(jurisdictions: Jurisdictions): Issue[] {
  const elsewhere = Object.entries(jurisdictions).filter(([, jurisdiction]) => jurisdiction.elsewhere);
  return elsewhere.length === 1
    ? []
    : [
        {
          path: "jurisdictions",
          message: "exactly one jurisdiction takes the users of other countries (elsewhere: true)",
          value: elsewhere.map(([name]) => name),
        },
      ];
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

function checkTraffic({ traffic }: PartialConfig): Issue[] {
  const split = (path: string, share: () => number | undefined) => () => checkSplit(path, share());
  return collect(
    split("traffic.green", () => traffic?.green),
    ...Object.keys(traffic?.regions ?? {}).map((region) =>
      split(`traffic.regions.${region}`, () => traffic?.regions[region]),
    ),
  );
}

function checkSplit(path: string, value: number | undefined): Issue[] {
  const message = value === undefined ? undefined : inexpressible("alb-listener-rule", value);
  return message === undefined ? [] : [{ path, message, value }];
}

/** Where another stack deploys the platform, its regions are known only once its outputs are read. */
function checkTrafficRegions({ traffic, regions }: PartialConfig): Issue[] {
  if (traffic === undefined || regions === undefined) {
    return [];
  }
  return unknownRegions(traffic, Object.keys(regions));
}

/** The regions that the split names and that the platform does not have. */
export function unknownRegions({ regions }: Traffic, known: readonly string[]): Issue[] {
  return Object.keys(regions)
    .filter((region) => !known.includes(region))
    .map((region) => ({
      path: `traffic.regions.${region}`,
      message: `unknown key; allowed: ${known.join(", ")}`,
      value: regions[region],
    }));
}
