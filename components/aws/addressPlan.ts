import { parseRange, type Range } from "../internal/cidr";

/** The tiers of a network, from the internet inwards. */
export const TIERS = ["public", "private", "database"] as const;
export type Tier = (typeof TIERS)[number];

/** The ranges of one availability zone. */
export type ZonePlan = { zone: string } & Record<Tier, string>;

/** How a network's range is divided. */
export interface AddressPlan {
  /** One entry for each zone, in the order of the config. */
  zones: ZonePlan[];
  /** One range that holds all subnets of a tier, in zones that may be added later too: what rules name. */
  tiers: Record<Tier, string>;
}

/** The most zones that the plan has room for. */
const MAX_ZONES = 4;
/** The smallest VPC: its database subnets are /26, its public ones /25 (a load balancer wants a /27 at least). */
const MAX_PREFIX = 20;

/**
 * Divides a VPC's range, /16 to /20, into three tiers of up to four zones.
 *
 * | eighths | tier | a subnet of a /16 |
 * | --- | --- | --- |
 * | 0-3 | private: nodes, and each pod has an address | /19, 8192 addresses |
 * | 4-5 | free | |
 * | 6 | public: load balancers and NAT | /21, 2048 addresses |
 * | 7 | database: databases and caches, with half of the eighth free | /22, 1024 addresses |
 *
 * A zone's ranges depend on its place in the list alone, so that a zone added at the end moves no subnet.
 *
 * @throws RangeError when the range or the zones do not fit.
 */
export function addressPlan(cidr: string, zones: readonly string[]): AddressPlan {
  const vpc = parseRange(cidr);
  if (vpc.prefix < 16 || vpc.prefix > MAX_PREFIX) {
    throw new RangeError(`a VPC's range must be /16 to /${MAX_PREFIX}, got ${cidr}`);
  }
  if (zones.length === 0 || zones.length > MAX_ZONES) {
    throw new RangeError(`a network has 1 to ${MAX_ZONES} zones, got ${zones.length}`);
  }
  return {
    zones: zones.map((zone, index) => ({
      zone,
      private: slice(vpc, 3, index),
      public: slice(vpc, 5, 24 + index),
      database: slice(vpc, 6, 56 + index),
    })),
    tiers: { private: slice(vpc, 1, 0), public: slice(vpc, 3, 6), database: slice(vpc, 4, 14) },
  };
}

/** The `index`-th of the 2^`bits` equal parts of a range, in CIDR notation. */
function slice(range: Range, bits: number, index: number): string {
  const prefix = range.prefix + bits;
  const first = range.first + index * 2 ** (32 - prefix);
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}
