import { parseRange } from "../internal/cidr";

/** Subnets of the virtual network, and the length of their prefixes. */
const SUBNETS = {
  /** Nodes: one address each, because pods are in an overlay. */
  nodes: 20,
  /** The cluster's gateway: the load balancer, and the addresses that Front Door's requests come from. */
  gateway: 24,
  /** Private endpoints: key vault, storage, cache, AI. */
  endpoints: 24,
  /** PostgreSQL, which wants a subnet of its own. */
  database: 24,
} as const;

export type SubnetName = keyof typeof SUBNETS;
/** Range of each subnet. */
export type AddressPlan = Record<SubnetName, string>;

/**
 * Divides the range of a virtual network: the subnets one after the other, the largest first. Pure; what a subnet has
 * stays the same whatever is added behind it.
 *
 * @param cidr - At most /18, so that there is room.
 * @throws RangeError when the range is too small.
 */
export function addressPlan(cidr: string): AddressPlan {
  const range = parseRange(cidr);
  let next = range.first;
  const entries = Object.entries(SUBNETS).map(([name, prefix]) => {
    const first = next;
    next += 2 ** (32 - prefix);
    if (next - 1 > range.last) {
      throw new RangeError(`a virtual network needs a range of /18 or larger, got ${cidr}`);
    }
    return [name, `${address(first)}/${prefix}`];
  });
  return Object.fromEntries(entries) as AddressPlan;
}

function address(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
