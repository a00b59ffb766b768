import type { CostInputs } from "../cost/inputs";
import type { Clause } from "./frameworks/clause";
import type { Graph, Resource, TypePattern } from "./graph";
import type { Settings } from "./settings";

/** What a rule is about. */
export const AREAS = {
  encryption: "Encryption at rest",
  transit: "Encryption in transit",
  exposure: "Exposure and network",
  identity: "Identity and secrets",
  kubernetes: "Kubernetes workloads",
  logging: "Audit and logging",
  retention: "Retention and deletion",
  residency: "Residency",
  availability: "Availability and recovery",
  versions: "Supported versions",
  rollout: "Traffic and rollout",
  cost: "Cost",
  governance: "Exceptions",
} as const;
export type Area = keyof typeof AREAS;

/** How bad a violation is. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a violation does: `mandatory` stops a deployment and fails a check, `advisory` is reported. */
export const LEVELS = ["mandatory", "advisory"] as const;
export type Level = (typeof LEVELS)[number];

/** What a check is given besides the resource. */
export interface Context {
  /** Says what is wrong. It never quotes a value that may be secret; several reports on a resource are one violation. */
  report: (message: string) => void;
  /**
   * Looks at each of several things by itself: where one is not known yet the others are still looked at, and the rule is
   * undetermined in the end.
   *
   * @returns Whether everything was known: what is missing may otherwise be in what is not.
   */
  each: <T>(items: Iterable<T>, look: (item: T) => void) => boolean;
  /** What is set for the stack: registries, jurisdictions, times. */
  settings: Settings;
  /** The day for which versions and waivers are judged. */
  today: Date;
}

/** What a check of relations is given besides. */
export interface GraphContext extends Context {
  /** Everything that is deployed together with the resource. */
  graph: Graph;
  /** What the cost of the resource's stack depends on; absent where its config does not say. */
  cost?: CostInputs;
  /** The same before the change that is checked; absent where there is none, or nobody knows it. */
  before?: Graph;
}

interface Described {
  /** Lower case with hyphens; unique, and fixed for life: waivers and config name it. */
  id: string;
  /** One sentence that says what must hold. */
  title: string;
  area: Area;
  severity: Severity;
  /** @default - `mandatory` for critical, high and medium, `advisory` for low */
  level?: Level;
  /** What the law or a standard says; the first is the main one, which Pulumi shows. */
  frameworks: readonly [Clause, ...Clause[]];
  /** What goes wrong without it. */
  why: string;
  /** What to do about a violation. */
  fix: string;
  /** What it reads of the stack's config, `cutover:policies`; the policy pack takes it from its own config, too. */
  settings?: readonly (keyof Settings)[];
  /** The types that it looks at, without `V2` suffixes. Each resource of them is one verdict. */
  types: readonly TypePattern[];
}

/**
 * A rule about one resource, by itself: it sees what the program asks for (its inputs), before anything is done. A resource
 * that it does not apply to is neither passed nor violated.
 */
export interface ResourceRule extends Described {
  scope: "resource";
  applies?(resource: Resource, context: Context): boolean;
  check(resource: Resource, context: Context): void;
}

/**
 * A rule about a resource and what stands around it in its stack (`stack`), or in all stacks that are read together
 * (`stacks`: it runs in `cutover check` and before a stage, because Pulumi's engine sees one stack at a time). It sees
 * what the program asks for over what the cloud answered. A rule about the whole graph takes the stack itself as its
 * resource (`pulumi:pulumi:Stack`).
 */
export interface GraphRule extends Described {
  scope: "stack" | "stacks";
  applies?(resource: Resource, context: GraphContext): boolean;
  check(resource: Resource, context: GraphContext): void;
}

export type Rule = ResourceRule | GraphRule;

/** The level of a rule where config says nothing. */
export function defaultLevel(rule: Rule): Level {
  return rule.level ?? (rule.severity === "low" ? "advisory" : "mandatory");
}
