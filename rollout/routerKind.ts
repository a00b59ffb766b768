import type { Color } from "../stacks/config/fields";
import type { Fields } from "../pulumi/json";
import type { Found, Step } from "./engine";

/** What one color of a router takes. */
export interface Part {
  /** What takes the requests: the ARN of a target group, or namespace and name of a Service. */
  target: string;
  color: Color;
  workload: string;
  weight: number;
}

/** What must be known of a router to set it without Pulumi. Plain JSON without secrets: the journal keeps it. */
export interface RouterRecord {
  region: string;
  /** URN of the router: its type says which kind it is, and its state is brought up to date by it. */
  urn: string;
}

/**
 * A kind of routers: how a rollout reads one, knows a shift of it, and sets it when nothing else works. All that is particular to a
 * type of router is here.
 */
export interface RouterKind<R extends RouterRecord = RouterRecord> {
  /** Type token of its resources. Others of the type may be no routers. */
  readonly type: string;
  /** What `break-glass` needs, as the end of "Needs …". */
  readonly tools: string;
  /**
   * How a resource of the type splits requests between the colors, one part for each color that it names; undefined for one that is
   * no router.
   * @param properties - As a state or the cloud has them.
   */
  splitOf(properties: Fields): Part[] | undefined;
  /** The region that a resource of the type routes in. */
  regionOf(found: Pick<Found, "id" | "properties">): string;
  /** Whether an update of a resource of the type changes how requests are split, and nothing else. */
  shifts(step: Step): boolean;
  /** Whether a step on a resource of the type turns the maintenance page on or off, and does nothing else. */
  turnsPage(step: Step): boolean;
  /** Where testers of a color ask to reach it: paths under the region's address, or whole URLs. */
  probes(found: Found, color: Color): string[];
  /** What `break-glass` needs of a router; undefined where it does not have both colors. */
  record(found: Found): R | undefined;
  /** The command that gives all requests to one color. */
  set(router: R, to: Color): string;
  /** The commands that show what the routers of a region do. */
  show(routers: readonly R[]): string[];
}

/** Percentage of requests that each color gets. They add up to 100, or are all 0 when all weights are. */
export function percentages(parts: readonly Pick<Part, "color" | "weight">[]): Record<Color, number> {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const percent = { blue: 0, green: 0 };
  for (const { color, weight } of parts) {
    percent[color] += total === 0 ? 0 : (weight * 100) / total;
  }
  return percent;
}

/** Whether all that changes is of one form. An update that does not say what it changes could be anything. */
export function only(diff: readonly string[], form: RegExp): boolean {
  return diff.length > 0 && diff.every((path) => form.test(path));
}

/** A text as one word of a shell's command. */
export function word(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

/** JSON as one word of a shell's command. */
export function quoted(value: unknown): string {
  return word(JSON.stringify(value));
}
