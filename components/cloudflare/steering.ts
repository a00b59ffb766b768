/**
 * Who is sent where: jurisdictions and regions as pools, weights and fallbacks of a Cloudflare load balancer. Pure.
 */

/** What steering needs to know about a jurisdiction. */
export interface SteeredJurisdiction {
  /** Countries (ISO 3166-1 alpha-2) whose users it serves. */
  countries: readonly string[];
  /** Whether users of all other countries come here. */
  elsewhere: boolean;
}

/** What steering needs to know about a region. */
export interface SteeredRegion {
  jurisdiction: string;
  role: "primary" | "secondary" | "regional" | "recovery";
  /** Percentage of all requests. */
  share: number;
}

/** Where the users of one jurisdiction are sent. Every region named here lies in the jurisdiction. */
export interface Steering {
  jurisdiction: string;
  /** Countries whose users come here, sorted. */
  countries: string[];
  /** Whether users of countries that no jurisdiction lists come here too. */
  elsewhere: boolean;
  /** Regions that serve, the largest share first. */
  serving: string[];
  /** Weight of each serving region, 0.01 to 1: its share of all requests. */
  weights: Record<string, number>;
  /** The region that serves when none of `serving` is healthy: the recovery region, or the last that serves. */
  fallback: string;
  /** Regions whose health is checked: those that serve, the recovery region, and those that are closed. */
  checked: string[];
}

/**
 * The weight of a pool for a share of requests.
 *
 * @param sharePercent - Percentage of all requests, whole.
 * @throws RangeError for a share that a weight cannot express: it is refused, never rounded.
 */
export function poolWeight(sharePercent: number): number {
  const problem = inexpressibleShare(sharePercent);
  if (problem !== undefined) {
    throw new RangeError(problem);
  }
  return sharePercent / 100;
}

/** Why a share cannot be the weight of a pool, as a sentence; `undefined` when it can. */
export function inexpressibleShare(sharePercent: number): string | undefined {
  return Number.isInteger(sharePercent) && sharePercent >= 0 && sharePercent <= 100
    ? undefined
    : `the weight of a Cloudflare pool has hundredths, so a share is a whole percentage from 0 to 100; got ${sharePercent}`;
}

/**
 * Turns jurisdictions and regions into the pools, weights and fallbacks of each jurisdiction, in the order of their names. Where
 * all regions that serve are closed, the recovery region serves.
 *
 * @param closed - Regions that get no users.
 * @throws RangeError when a jurisdiction has no serving region, or a share is not a whole percentage.
 */
export function steer(
  jurisdictions: Readonly<Record<string, SteeredJurisdiction>>,
  regions: Readonly<Record<string, SteeredRegion>>,
  closed: readonly string[] = [],
): Steering[] {
  return Object.entries(jurisdictions)
    .sort(byName)
    .map(([jurisdiction, { countries, elsewhere }]) => {
      const inside = Object.entries(regions)
        .filter(([, region]) => region.jurisdiction === jurisdiction)
        .sort(byName);
      const working = inside
        .filter(([, { role }]) => role !== "recovery")
        .sort(([, one], [, other]) => other.share - one.share)
        .map(([region]) => region);
      const recoveries = inside.filter(([, { role }]) => role === "recovery").map(([region]) => region);
      const recovery = recoveries.find((region) => !closed.includes(region)) ?? recoveries[0];
      const checked = recovery === undefined ? working : [...working, recovery];
      const open = checked.filter((region) => !closed.includes(region));
      const last = open.at(-1);
      if (working.length === 0 || last === undefined) {
        throw new RangeError(`jurisdiction ${jurisdiction} has no region that serves`);
      }
      const serving = open.length === 1 ? open : open.filter((region) => region !== recovery);
      return {
        jurisdiction,
        countries: [...countries].sort(),
        elsewhere,
        serving,
        // The only one that is left has no share of its own.
        weights: Object.fromEntries(
          serving.map((region) => [region, poolWeight(region === recovery ? 100 : regions[region]!.share)]),
        ),
        fallback: last,
        checked,
      };
    });
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : Number(one > other);
}

/**
 * The condition, in Cloudflare's rules language, that holds for the users of a jurisdiction. The one that takes
 * everybody else also takes users whose country is unknown (`XX`) or hidden (`T1`, the Tor network).
 */
export function jurisdictionCondition(steering: Steering, all: readonly Steering[]): string {
  const list = (countries: readonly string[]) => countries.map((country) => JSON.stringify(country)).join(" ");
  if (!steering.elsewhere) {
    return `ip.src.country in {${list(steering.countries)}}`;
  }
  const others = all.filter(({ jurisdiction }) => jurisdiction !== steering.jurisdiction);
  const listed = others.flatMap(({ countries }) => countries).sort();
  return listed.length === 0 ? "true" : `not ip.src.country in {${list(listed)}}`;
}

/** The condition that holds for requests of some host names. */
export function hostCondition(hosts: readonly string[]): string {
  const quoted = hosts.map((host) => JSON.stringify(host));
  return quoted.length === 1 ? `http.host eq ${quoted[0]}` : `http.host in {${quoted.join(" ")}}`;
}
