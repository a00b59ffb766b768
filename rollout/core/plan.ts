import type { Condition } from "../../stacks/config/rollout/condition";
import type { Action, Limits } from "../../stacks/config/rollout/rules";
import type { WindowConfig } from "../../stacks/config/rollout/plans";
import type { Color } from "../../stacks/config/fields";
import type { OidcTrust } from "../approval/oidc";
import type { Stage } from "../stages";

/** A gate of a stage, with every default filled in. */
export interface Gate {
  /** The condition as it was written: the gate's name in reports. */
  text: string;
  condition: Condition;
  /** Whose metric it is about: the candidate's; the active color's where nothing of the candidate runs yet. */
  color: Color;
  limits: Limits;
  action: Action;
  /** With `hold`: seconds until it rolls back by itself. */
  decideWithinSeconds?: number;
}

/** A trigger, with every default filled in. */
export interface Trigger {
  name: string;
  text: string;
  condition: Condition;
  /** Seconds that the condition must last. */
  forSeconds: number;
  action: Action;
  decideWithinSeconds?: number;
}

/** What the judge compares, with every default filled in. */
export interface JudgedMetric {
  name: string;
  /** The metric, or what happened and of how many. */
  of: { metric: string } | { events: string; total: string };
  worse: "higher" | "lower" | "either";
  maxRatio?: number;
  scope: "each" | "total" | "both";
  weight: number;
  critical: boolean;
}

/** How the candidate is compared with the active color. */
export interface JudgePlan {
  alpha: number;
  /** The smallest share that is judged. */
  from: number;
  /** How often it is looked at most: what the alpha is divided by. */
  looks: number;
  metrics: readonly JudgedMetric[];
}

/** A signal from outside. */
export interface Signal {
  name: string;
  action: Action;
  decideWithinSeconds?: number;
}

/** A stage as the controller performs it: what it changes, and what must hold for it to pass. */
export interface WatchedStage extends Stage {
  /** Seconds of conclusive samples that it takes; 0 for a stage that is not watched, or only looked at once. */
  soakSeconds: number;
  /** Seconds after which a stage that is not covered by samples holds. */
  maxSoakSeconds: number;
  gates: readonly Gate[];
  /** Names of hooks, run in order once the stage is applied. */
  hooks: readonly string[];
  /** Roles that must approve before the stage is applied. */
  approvals: readonly string[];
  /** What those who approve confirm. */
  checklist: readonly string[];
}

/** Readings that are wanted of one metric and color. */
export interface Wanted {
  metric: string;
  color: Color;
  scopes: readonly string[];
}

/** Everything that is decided before a rollout begins. Plain JSON: the journal's first record holds it, and its digest names it. */
export interface RolloutPlan {
  /** Name of the plan in config. */
  plan: string;
  /** Version of the release. */
  release: string;
  /** The stack whose config holds the plan: the one with the routers. */
  stack: string;
  active: Color;
  candidate: Color;
  /** Whether the release goes into the active color itself, pod by pod: no router is touched, a rollback deploys the old release. */
  rolling: boolean;
  /** Regions that serve, with their percentage of all requests: what is judged. */
  regions: Readonly<Record<string, number>>;
  /** What is measured: by metric and color, the scopes in which a reading is wanted (regions that serve, and {@link TOTAL}). */
  wanted: readonly Wanted[];
  /** Regions with routers: those that serve and those that stand by. */
  routed: readonly string[];
  /** Seconds between two samples. */
  intervalSeconds: number;
  stages: readonly WatchedStage[];
  triggers: readonly Trigger[];
  signals: readonly Signal[];
  judge?: JudgePlan;
  /** What holds of the active color in a region that can take everybody back. */
  activeHealthy?: Condition;
  /** Seconds that the triggers go on watching after validation. */
  rollbackWindowSeconds: number;
  maxAttempts: number;
  window?: WindowConfig;
  /** Who may approve, by role. */
  approvers: Readonly<Record<string, readonly string[]>>;
  approvalValidSeconds: number;
  /** File of those who may sign, in the project; absent when nobody signs. */
  allowedSigners?: string;
  /** Whose tokens prove who approves. */
  oidc?: OidcTrust;
  updateEverySeconds: number;
  /** What takes everybody back to the active color: config values by stack, routers first. */
  rollback: readonly { stack: string; patch: Stage["patch"]; touches: Stage["touches"] }[];
}

/** The total of all regions, as a scope beside the regions. */
export const TOTAL = "total";
