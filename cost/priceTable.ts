import { z } from "zod";
import type { CostConfig } from "../stacks/config/cost";
import table from "./prices.json";

/**
 * The table of list prices: USD, dated, each with its source. Pure data and how it is read.
 *
 * A region that a price does not name is estimated from one that it names, by a declared factor, and marked as such; a
 * region without a factor has no price.
 */

/** Hours of a month, as the clouds' own price lists count. */
export const MONTH_HOURS = 730;
/** Days of a month. */
export const MONTH_DAYS = MONTH_HOURS / 24;

const usd = z.number().nonnegative();
/** The price up to an amount a month, then the next; the last has no end. */
const tiers = z.array(z.tuple([z.number().positive().nullable(), usd])).min(1);
const ESTIMATE = "estimate: ";

export const priceTableSchema = z
  .strictObject({
    date: z.iso.date(),
    sources: z.record(z.string(), z.string()),
    estimates: z.strictObject({ why: z.string(), factors: z.record(z.string(), z.number().positive()) }),
    instances: z.record(
      z.string(),
      z.strictObject({
        vcpu: z.number().positive(),
        memoryGiB: z.number().positive(),
        gpus: z.number().nonnegative().default(0),
      }),
    ),
    prices: z.record(
      z.string(),
      z.strictObject({ per: z.string(), in: z.record(z.string(), z.tuple([z.union([usd, tiers]), z.string()])) }),
    ),
  })
  .refine(
    ({ prices, sources }) =>
      Object.values(prices).every((price) =>
        Object.values(price.in).every(([, source]) => source.startsWith(ESTIMATE) || Object.hasOwn(sources, source)),
      ),
    "every price names a source of `sources`, or says how it was estimated",
  );

export type PriceTable = z.infer<typeof priceTableSchema>;
/** What an instance has. */
export type InstanceSpec = PriceTable["instances"][string];

/** The table of the repository. */
export const PRICES: PriceTable = priceTableSchema.parse(table);

/** Names of what no list has a price of, because config says it: a node and a GiB of a volume of a cluster that is there already. */
export const CLUSTER_NODE = "cluster.node";
export const CLUSTER_STORAGE = "cluster.storage";

/** A table with the prices that config says. */
export function withClusterPrices(table: PriceTable, cluster: CostConfig["cluster"]): PriceTable {
  if (cluster === undefined) {
    return table;
  }
  const everywhere = (per: string, usd: number): PriceTable["prices"][string] => ({
    per,
    in: { "*": [usd, "cutover:cost.cluster"] },
  });
  return {
    ...table,
    prices: {
      ...table.prices,
      [CLUSTER_NODE]: everywhere("hour", cluster.nodes.usdPerHour),
      [CLUSTER_STORAGE]: everywhere("GiB-month", cluster.storageGiBMonthUsd),
    },
  };
}

/** What one thing costs in one region. */
export interface Price {
  /** `hour` and `month`: for as long as there is one; anything else: each. */
  per: string;
  tiers: z.infer<typeof tiers>;
  /** How it was estimated; absent for a price with a source. */
  estimate?: string;
}

/** The price in a region (`*` in the table: everywhere the same); undefined when the table cannot say. */
export function priceIn(table: PriceTable, name: string, region: string): Price | undefined {
  const price = Object.hasOwn(table.prices, name) ? table.prices[name] : undefined;
  if (price === undefined) {
    return undefined;
  }
  const [value, source] = price.in[region] ?? price.in["*"] ?? [];
  if (value !== undefined && source !== undefined) {
    const estimate = source.startsWith(ESTIMATE) ? { estimate: source.slice(ESTIMATE.length) } : {};
    return { per: price.per, tiers: tiersOf(value), ...estimate };
  }
  const { factors, why } = table.estimates;
  const base = Object.keys(price.in).find((known) => Object.hasOwn(factors, known));
  if (base === undefined || !Object.hasOwn(factors, region)) {
    return undefined;
  }
  const factor = factors[region]! / factors[base]!;
  return {
    per: price.per,
    tiers: tiersOf(price.in[base]![0]).map(([end, each]) => [end, each * factor]),
    estimate: why,
  };
}

function tiersOf(value: number | Price["tiers"]): Price["tiers"] {
  return typeof value === "number" ? [[null, value]] : value;
}

/**
 * What an amount costs, in USD an hour.
 *
 * @param quantity - For a price per hour or month: how many there are; otherwise how many a month.
 */
export function hourly({ per, tiers }: Price, quantity: number): number {
  let start = 0;
  let total = 0;
  for (const [end, each] of tiers) {
    total += each * Math.max(0, Math.min(quantity, end ?? Infinity) - start);
    start = end ?? Infinity;
  }
  return per === "hour" ? total : total / MONTH_HOURS;
}
