import type { Color } from "../stacks/config/fields";
import { nameOf } from "../pulumi/urn";
import { EngineError, type Engine, type Found } from "./engine";
import type { RouterReader } from "./ports";
import { percentages, type Part } from "./routerKind";
import { kindOf, ROUTER_TYPES } from "./routerKinds";

/** What the routers of a deployment do. */
export interface Shares {
  /** Percentage of requests that the color gets, by region; a region that nothing certain can be said of is in `problems`. */
  shares: Record<string, number>;
  /** Why nothing certain can be said of a region, in a sentence. */
  problems: Record<string, string>;
}

/** Whether two percentages are the same, but for how they were calculated: weights are thousandths at the finest. */
export function isSameShare(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-6;
}

/** The routers among some resources, by region: what a rollback sets, and what a read-back reads. */
export function routersByRegion(resources: readonly Found[]): Record<string, Found[]> {
  const regions: Record<string, Found[]> = {};
  for (const found of resources.filter((each) => splitOf(each) !== undefined)) {
    (regions[kindOf(found.type)!.regionOf(found)] ??= []).push(found);
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
  const recorded = routersByRegion(await engine.recorded(stack, ROUTER_TYPES));
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
    const parts = splitOf(router);
    if (router.problem !== undefined) {
      return `${name}: ${router.problem}`;
    }
    if (parts === undefined) {
      return `${name} splits requests no more: somebody changed more of it than its weights`;
    }
    if (parts.every(({ weight }) => weight === 0)) {
      return `${name} forwards nothing: all its weights are 0`;
    }
    const [own, other] = [shareOf(router, color), shareOf(routers[0]!, color)];
    if (!isSameShare(own, other)) {
      return `${name} gives ${color} ${own} %, and ${nameOf(routers[0]!.urn)} ${other} %`;
    }
  }
  return undefined;
}

function shareOf(router: Found, color: Color): number {
  return percentages(splitOf(router) ?? [])[color];
}

function splitOf({ type, properties }: Found): Part[] | undefined {
  return kindOf(type)?.splitOf(properties);
}
