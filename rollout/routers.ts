import type { Color } from "../stacks/config/fields";
import { nameOf } from "../rehearsal/engine/urn";
import { regionOf } from "../rehearsal/world/json";
import { EngineError, type Engine, type Found } from "./engine";
import { LISTENER_RULE, percentages, splitOf } from "./listenerRule";
import type { RouterReader } from "./ports";

/** What the routers of a deployment do. */
export interface Shares {
  /** Percentage of requests that the color gets, by region; a region that nothing certain can be said of is in `problems`. */
  shares: Record<string, number>;
  /** Why nothing certain can be said of a region, in a sentence. */
  problems: Record<string, string>;
}

/** Percentages that are nearer to each other than this are the same: weights are whole numbers up to 999. */
const SAME = 1e-6;

/** The routers among some listener rules, by region: what a rollback sets, and what a read-back reads. */
export function routersByRegion(rules: readonly Found[]): Record<string, Found[]> {
  const regions: Record<string, Found[]> = {};
  for (const rule of rules.filter(({ properties }) => splitOf(properties) !== undefined)) {
    (regions[regionOf(rule.id)] ??= []).push(rule);
  }
  return regions;
}

/**
 * What share of its requests a region gives to a color. Every router of a region has the same split: one that differs is somebody
 * else's change, or a write that did not reach the cloud.
 *
 * @param regions - Routers as they were read, by region.
 */
export function sharesOf(regions: Readonly<Record<string, readonly Found[]>>, color: Color): Shares {
  const result: Shares = { shares: {}, problems: {} };
  for (const [region, routers] of Object.entries(regions)) {
    const problem = problemOf(routers, color);
    if (problem === undefined) {
      result.shares[region] = shareOf(routers[0]!, color);
    } else {
      result.problems[region] = problem;
    }
  }
  return result;
}

/**
 * Reads what the routers of a stack do, from the routers themselves.
 *
 * @throws EngineError when the stack has no routers, or its state cannot be read.
 */
export async function readShares(
  engine: Pick<Engine, "recorded" | "read">,
  stack: string,
  color: Color,
  signal?: AbortSignal,
): Promise<Shares> {
  const recorded = routersByRegion(await engine.recorded(stack, [LISTENER_RULE]));
  const urns = Object.values(recorded).flatMap((routers) => routers.map(({ urn }) => urn));
  if (urns.length === 0) {
    throw new EngineError(
      `stack ${stack} has no routers: bring it up, with the traffic layer among its cutover:layers`,
    );
  }
  const read = new Map((await engine.read(stack, urns, signal)).map((found) => [found.urn, found]));
  const regions = Object.entries(recorded).map(([region, routers]) => [
    region,
    routers.map(({ urn }) => read.get(urn)!),
  ]);
  return sharesOf(Object.fromEntries(regions) as Record<string, Found[]>, color);
}

/** Reads routers through the engine that deploys them. */
export class EngineRouterReader implements RouterReader {
  /** @param onProblem - Told of each region that is left out of an answer, and why. */
  constructor(
    private readonly engine: Pick<Engine, "recorded" | "read">,
    private readonly stack: string,
    private readonly onProblem: (region: string, problem: string) => void = () => undefined,
  ) {}

  async shares(color: Color): Promise<Record<string, number>> {
    const { shares, problems } = await readShares(this.engine, this.stack, color);
    Object.entries(problems).forEach(([region, problem]) => this.onProblem(region, problem));
    const [first] = Object.entries(problems);
    if (first !== undefined && Object.keys(shares).length === 0) {
      throw new EngineError(`the routers of no region can be read; ${first[0]}: ${first[1]}`);
    }
    return shares;
  }
}

function problemOf(routers: readonly Found[], color: Color): string | undefined {
  for (const router of routers) {
    const name = nameOf(router.urn);
    const parts = splitOf(router.properties);
    if (router.problem !== undefined) {
      return `${name}: ${router.problem}`;
    }
    if (parts === undefined) {
      return `${name} splits requests no more: somebody changed its actions or its conditions`;
    }
    if (parts.every(({ weight }) => weight === 0)) {
      return `${name} forwards nothing: all its weights are 0`;
    }
    const [own, other] = [shareOf(router, color), shareOf(routers[0]!, color)];
    if (Math.abs(own - other) > SAME) {
      return `${name} gives ${color} ${own} %, and ${nameOf(routers[0]!.urn)} ${other} %`;
    }
  }
  return undefined;
}

function shareOf(router: Found, color: Color): number {
  return percentages(splitOf(router.properties) ?? [])[color];
}
