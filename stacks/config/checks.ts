import { inexpressible, type RouterKind } from "../../components/traffic/split";
import { parseRange, rangesOverlap } from "../../components/internal/cidr";
import type { Issue } from "./issue";
import { checkAccount } from "./account";
import { checkAi } from "./ai";
import { applicationChecks, awsApplicationChecks, clusterApplicationChecks } from "./applicationChecks";
import { checkCache } from "./cache";
import { checkAzure } from "./azure/checks";
import type { Cloud } from "./clouds";
import { checkDatabase } from "./databaseCheck";
import { checkHosts } from "./deployment";
import { checkEdge } from "./edgeChecks";
import { checkEntry } from "./entry";
import { kubernetesChecks } from "./kubernetes/checks";
import type { Jurisdictions, Region, Regions } from "./regions";
import { awsRolloutChecks, otherRolloutChecks, rolloutChecks } from "./rollout/checks";
import { checkPage, routerKind } from "./routers";
import { collect } from "./salvage";
import type { ApplicationConfig, CommonConfig, PlatformConfig, TrafficConfig } from "./schema";
import type { Traffic } from "./traffic";

/** The sections that were parsed without error; a check looks at what is there. */
export type PartialConfig = Partial<
  Omit<CommonConfig, "cloud"> & PlatformConfig<"aws"> & ApplicationConfig<"aws"> & TrafficConfig<"aws">
>;

/** What sections must agree on. A check is pure and reports everything that it finds. */
export type Check = (config: PartialConfig) => Issue[];

/** What holds whatever a platform is made of. */
const common: readonly Check[] = [
  checkShares,
  checkRoles,
  checkJurisdictionsAndRegions,
  checkCountries,
  checkTraffic,
  checkTrafficRegions,
  ...rolloutChecks,
  ...applicationChecks,
];

/** What holds where routers stand inside clusters, whose sections are those of both clouds. */
const inClusters = [...clusterApplicationChecks, checkPage as unknown as Check];

const own: Readonly<Record<Cloud, readonly Check[]>> = {
  aws: [
    checkZones,
    checkRanges,
    checkCopies,
    checkHosts,
    checkAccount,
    checkDatabase,
    checkCache,
    checkEntry,
    checkEdge,
    checkAi,
    ...awsRolloutChecks,
    ...awsApplicationChecks,
  ],
  // Its sections are those of Azure.
  azure: [checkRanges, checkAzure as unknown as Check, ...inClusters, ...otherRolloutChecks],
  kubernetes: [...inClusters, ...otherRolloutChecks, ...(kubernetesChecks as unknown as readonly Check[])],
};

/** The checks of a deployment on a cloud. */
export function checksOn(cloud: Cloud): readonly Check[] {
  return [...common, ...own[cloud]];
}

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
  return issues;
}

function checkZones({ regions }: PartialConfig): Issue[] {
  return collect(...Object.keys(regions ?? {}).map((name) => () => checkZonesOf(name, regions![name]!)));
}

function checkZonesOf(name: string, { zones }: Region): Issue[] {
  const path = `regions.${name}.zones`;
  const foreign = zones.flatMap((zone, index) =>
    zone.startsWith(name) && zone.length === name.length + 1
      ? []
      : [{ path: `${path}[${index}]`, message: `a zone of ${name}, such as ${name}a`, value: zone }],
  );
  return new Set(zones).size === zones.length
    ? foreign
    : [...foreign, { path, message: "each zone once", value: zones }];
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
    if (inside.length === 0) {
      issues.push({
        path: `jurisdictions.${name}`,
        message: "one region at least says that it belongs to it",
        value: [],
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

/** A jurisdiction of one region may keep copies of its backups in another one, which serves nobody. */
function checkCopies({ jurisdictions, regions }: PartialConfig): Issue[] {
  if (jurisdictions === undefined || regions === undefined) {
    return [];
  }
  return Object.entries(jurisdictions).flatMap(([name, { copies: value }]): Issue[] => {
    const path = `jurisdictions.${name}.copies`;
    const inside = Object.values(regions).filter(({ jurisdiction }) => jurisdiction === name);
    if (value !== undefined && inside.length > 1) {
      return [{ path, message: "only with one region: its regions keep each other's copies", value, remove: true }];
    }
    return value !== undefined && regions[value] !== undefined
      ? [{ path, message: "a region that is not in `regions`: it holds copies and serves nobody", value }]
      : [];
  });
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

function checkTraffic({ traffic, routers }: PartialConfig): Issue[] {
  const kind = routerKind(routers);
  const split = (path: string, share: () => number | undefined) => () => checkSplit(kind, path, share());
  return collect(
    split("traffic.green", () => traffic?.green),
    ...Object.keys(traffic?.regions ?? {}).map((region) =>
      split(`traffic.regions.${region}`, () => traffic?.regions[region]),
    ),
  );
}

function checkSplit(kind: RouterKind, path: string, value: number | undefined): Issue[] {
  const message = value === undefined ? undefined : inexpressible(kind, value);
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
