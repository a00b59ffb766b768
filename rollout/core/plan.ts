import type { Condition } from "../../stacks/config/rollout/condition";
import type { Action, Limits } from "../../stacks/config/rollout/rules";
import type { WindowConfig } from "../../stacks/config/rollout/timing";
import type { Color } from "../../stacks/config/fields";
import type { OidcTrust } from "../approval/oidc";
import type { RecoverySite } from "../../stacks/config/rollout/recovery";
import type { Stage } from "../stage";

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
  /** That it is about what users do: suspended while the maintenance page is on. */
  users?: true;
}

/** What the judge compares, with every default filled in. */
export interface JudgedMetric {
  name: string;
  /** The metric, or what happened and of how many. */
  of: { metric: string } | { events: string; total: string };
  /** How long a time each value is about. */
  windowSeconds: number;
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
  /** Seconds between two looks of its gates, where they look less often than the triggers. */
  gateSeconds?: number;
  /** When it is planned to begin, hh:mm in the zone of the plan's window. */
  planned?: string;
  /** That it is applied although it sets nothing: what it reads from other stacks has changed. */
  runs?: true;
  /** That nothing takes it back: once it has begun, what fails holds, and nothing rolls back. */
  final?: true;
  /** That the maintenance page is on while it is watched: its gates look at synthetic load. */
  page?: true;
}

/** A patch that takes back what some stage did. */
export interface RollbackPatch {
  stack: string;
  patch: Stage["patch"];
  touches: Stage["touches"];
  /** The stage that it takes back: without an attempt of it there is nothing to undo. Absent for the routers. */
  undoes?: string;
  /** Where people have to approve it first: it is then a stage of its own, at share 0. */
  asks?: {
    /** Name of that stage. */
    stage: string;
    approvals: readonly string[];
    checklist: readonly string[];
    /** Seconds after the rollback's decision until it is left out when nobody approved; absent where it cannot be. */
    withinSeconds?: number;
  };
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
  /** Whether there is no candidate: a release goes into the active color itself, pod by pod, or there is none. No router is touched. */
  rolling: boolean;
  /** What takes the place of what, where the plan recovers a lost region: none of its stages needs that region. */
  recovery?: RecoverySite;
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
  /** Requests a minute of the load generator while the maintenance page is on. */
  syntheticPerMinute?: number;
  /** What takes everybody back to the active color, in order, routers first. */
  rollback: readonly RollbackPatch[];
}

/** The total of all regions, as a scope beside the regions. */
export const TOTAL = "total";
