import { isComponentOrProvider, type CostResource } from "./resources";
import type { Resource } from "../policies/graph";
import { Undetermined } from "../policies/node";
import { CostContext } from "./context";
import type { CostInputs } from "./inputs";
import type { Part, Use } from "./meter";
import { metersOf } from "./meters";
import { tokenShortages } from "./meters/ai";
import { hourly, priceIn, withClusterPrices, type PriceTable } from "./priceTable";
import { FREE_TYPES, LEFT_OUT, NO_PRICE } from "./unpriced";

/** USD an hour: as the resources are, and while both colors have their full capacity. */
export interface Rate {
  steady: number;
  both: number;
}

/** What has one price in one region. */
export interface CostLine extends Rate {
  part: Part;
  region: string;
  /** Name in the price table. */
  price: string;
  /** How the price was estimated; absent for a price with a source. */
  estimate?: string;
}

/** Resources of a type that are not in the cost, or not wholly. */
export interface NotPriced {
  type: string;
  count: number;
  why: string;
}

/** What resources cost. */
export interface Cost {
  hourly: Rate;
  perPart: Partial<Record<Part, Rate>>;
  perRegion: Record<string, Rate>;
  /** USD per student and day. */
  perStudentDay: Rate;
  notPriced: NotPriced[];
  lines: CostLine[];
  /** Where active hours need more than there may be: pods of an autoscaler, tokens of a model; in words. */
  shortages: string[];
  /** The first value that is not known yet: its resource is not in the cost. Absent when all are known. */
  open?: Undetermined;
}

/**
 * What resources cost: pure. Each resource uses things (see `meters/`), each thing has a price in its region.
 *
 * While both colors run, the candidate has its full floor beside the active color's, as a rollout's last stage of capacity
 * makes it. What a rollout does for an hour besides (restoring a backup to check it) is not in it.
 *
 * @param list - The clouds' list prices; those of clusters that are there already are in `inputs`.
 * @param resources - Of all stacks of a deployment; deleted ones left out ({@link resourcesOf} takes those of a plan).
 */
export function costOf(resources: readonly CostResource[], list: PriceTable, inputs: CostInputs): Cost {
  const prices = withClusterPrices(list, inputs.cluster);
  const context = new CostContext(resources, prices, inputs);
  const notPriced = new Map<string, NotPriced>();
  const leaveOut = (type: string, why: string) => {
    const key = `${type} ${why}`;
    notPriced.set(key, { type, why, count: (notPriced.get(key)?.count ?? 0) + 1 });
  };
  const used = new Map<string, Used>();
  let open: Undetermined | undefined;
  for (const resource of context.graph.resources) {
    if (isComponentOrProvider(resource.record)) {
      continue;
    }
    const meters = metersOf(resource.type);
    if (meters.length === 0) {
      if (!FREE_TYPES.has(resource.type)) {
        leaveOut(resource.type, NO_PRICE[resource.type] ?? "no price is known");
      }
      continue;
    }
    try {
      add(
        used,
        resource,
        context,
        meters.flatMap((meter) => meter(resource, context)),
      );
      if (LEFT_OUT[resource.type] !== undefined) {
        leaveOut(resource.type, LEFT_OUT[resource.type]!);
      }
    } catch (error) {
      if (!(error instanceof Undetermined)) {
        throw error;
      }
      open ??= error;
      leaveOut(resource.type, error.message);
    }
  }
  const lines = [...used.values()].flatMap((use) => {
    const price = priceIn(prices, use.price, use.at);
    if (price === undefined) {
      use.types.forEach((type) => leaveOut(type, `no price of ${use.price} in ${use.at}`));
      return [];
    }
    const { part, region } = use;
    const rate = { steady: hourly(price, use.quantity), both: hourly(price, use.both) };
    return [{ part, region, price: use.price, ...rate, ...(price.estimate && { estimate: price.estimate }) }];
  });
  return { ...summed(lines, [...notPriced.values()], context), ...(open === undefined ? {} : { open }) };
}

/** What is used of one thing, by all resources together: a price may fall with the amount. */
interface Used extends Required<Use> {
  region: string;
  /** The type of each resource that uses it. */
  types: string[];
}

function add(used: Map<string, Used>, resource: Resource, context: CostContext, uses: readonly Use[]): void {
  for (const { part, price, quantity, both = quantity, at = context.region(resource) } of uses) {
    if (quantity === 0 && both === 0) {
      continue;
    }
    const region = context.region(resource);
    const key = [part, region, at, price].join(" ");
    const before = used.get(key) ?? { part, region, at, price, quantity: 0, both: 0, types: [] };
    used.set(key, {
      ...before,
      quantity: before.quantity + quantity,
      both: before.both + both,
      types: [...before.types, resource.type],
    });
  }
}

function summed(lines: CostLine[], notPriced: NotPriced[], context: CostContext): Cost {
  const { inputs, nodes } = context;
  const hourlyRate = total(lines);
  const perDay = (usd: number) => (usd * 24) / inputs.students;
  return {
    hourly: hourlyRate,
    perPart: totals(lines, ({ part }) => part),
    perRegion: totals(lines, ({ region }) => region),
    perStudentDay: { steady: perDay(hourlyRate.steady), both: perDay(hourlyRate.both) },
    notPriced,
    lines,
    shortages: [
      ...nodes.pods
        .filter(({ missing }) => missing > 0)
        .map(
          ({ name, region, missing }) => `${name} in ${region} needs ${missing} pods more than its autoscaler may have`,
        ),
      ...tokenShortages(context),
    ],
  };
}

function total(lines: readonly Rate[]): Rate {
  return lines.reduce<Rate>((sum, line) => ({ steady: sum.steady + line.steady, both: sum.both + line.both }), {
    steady: 0,
    both: 0,
  });
}

function totals<Key extends string>(lines: readonly CostLine[], keyOf: (line: CostLine) => Key): Record<Key, Rate> {
  const keys = [...new Set(lines.map(keyOf))].sort();
  return Object.fromEntries(keys.map((key) => [key, total(lines.filter((line) => keyOf(line) === key))])) as Record<
    Key,
    Rate
  >;
}
