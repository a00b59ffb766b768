import type { World } from "../engine/cloud";
import { fields, items, text, texts, type Fields } from "../../pulumi/json";

const LOAD_BALANCER = "cloudflare:index/loadBalancer:LoadBalancer";
const POOL = "cloudflare:index/loadBalancerPool:LoadBalancerPool";

/** Where the edge sends the users of one jurisdiction. */
export interface Reach {
  /** Regions that serve, with their weights. */
  weights: Readonly<Record<string, number>>;
  /** The region that serves when none of them is healthy. */
  fallback: string;
}

/** Where a load balancer at the edge sends users, by jurisdiction; nothing where no edge chooses between regions. */
export function reachOf(world: World): Record<string, Reach> {
  const regions = new Map(
    [...world.things(POOL)].map(({ id, properties }) => [id, text(items(properties.origins)[0]?.name)]),
  );
  const regionOf = (pool: string) => regions.get(pool) ?? "";
  const rules = [...world.things(LOAD_BALANCER)].flatMap(({ properties }) => items(properties.rules));
  return Object.fromEntries(
    rules.map((rule) => [jurisdictionOf(rule), destinationOf(fields(rule.overrides), regionOf)]),
  );
}

/** A rule takes the users whose jurisdiction a header says. */
function jurisdictionOf({ condition }: Fields): string {
  return /eq "([^"]+)"/.exec(text(condition))?.[1] ?? "";
}

function destinationOf(overrides: Fields, regionOf: (pool: string) => string): Reach {
  const weights = fields(fields(overrides.randomSteering).poolWeights);
  return {
    weights: Object.fromEntries(
      texts(overrides.defaultPools).map((pool) => [regionOf(pool), Number(weights[pool] ?? 0)]),
    ),
    fallback: regionOf(text(overrides.fallbackPool)),
  };
}
