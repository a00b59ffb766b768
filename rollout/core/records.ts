import type { Color } from "../../stacks/config/fields";
import type { Json } from "../engine";
import type { Action } from "../../stacks/config/rollout/rules";
import type { OidcProof } from "../approval/oidc";
import type { RouterRecord } from "../routerKind";
import type { Verdict } from "../judge";
import type { RolloutPlan } from "./plan";
import type { Sample } from "./sample";

/** How a rollout ended. */
export type Outcome = "promoted" | "rolled-back";

/** What a decision rests on. */
export interface Evidence {
  /** The gate, trigger or signal, as written. */
  rule: string;
  /** A region, or the total. */
  scope: string;
  /** The last value, absent when there was none. */
  value?: number;
  limit?: number;
  /** Samples that it was seen in. */
  samples: number;
  /** When the first of them was taken, milliseconds since the epoch: a rollback's time is measured from the last. */
  since?: number;
  at?: number;
}

/** What the controller decides. Only `promote` ends a stage well. */
export type Decision =
  | { kind: "promote"; stage: string; evidence: Evidence[]; by?: string }
  | { kind: "hold"; reason: string; evidence?: Evidence; decideBy?: number; by?: string }
  | { kind: "step-back"; reason: string; evidence?: Evidence }
  | { kind: "rollback"; reason: string; evidence?: Evidence; by?: string }
  | { kind: "warn"; reason: string; evidence?: Evidence };

/** What is done to the world, and recorded before and after. */
export type Effect =
  | { kind: "up"; stage: string; stack: string }
  | { kind: "hook"; stage: string; hook: string }
  /** Tries the candidate through the header route. */
  | { kind: "probe"; stage: string }
  /** Reads the routers' weights, before a stage is left. */
  | { kind: "read-back"; stage: string }
  /** Takes routers back, all or a region's; or lays one of the plan's later rollback patches over its stack. */
  | { kind: "rollback"; stack: string; region?: string; patch?: number };

/** What a record says. A record is written before and after each effect; it never holds a secret. */
export type RecordBody =
  | {
      type: "started";
      plan: RolloutPlan;
      digest: string;
      by: string;
      /** The routers as they were recorded: what `break-glass` needs when Pulumi and its state cannot be reached. */
      routers: RouterRecord[];
    }
  | { type: "stage-begun"; stage: string; attempt: number }
  | {
      type: "effect-begun";
      effect: Effect;
      /** What it is going to change. */
      urns?: string[];
    }
  | {
      type: "effect-done";
      effect: Effect;
      /** URNs of what changed. */
      changed: string[];
      /** The candidate's percentage by region as the routers were read back, for an effect that concerns routers. */
      shares?: Record<string, number>;
      /** The output of a hook: its end, without secrets. */
      output?: string;
    }
  | {
      type: "effect-failed";
      effect: Effect;
      reason: string;
      /** URNs of what it would have changed although it may not: nothing was changed then. */
      outside?: string[];
      /** Violations of the policies that it would have made, in sentences: nothing was changed then. */
      violations?: string[];
      /** Whether it is for people to look at: trying again would not mend it. */
      hold?: true;
      shares?: Record<string, number>;
      output?: string;
    }
  | { type: "sampled"; sample: Sample }
  /** One look of the judge: every metric with its figures. */
  | { type: "judged"; stage: string; look: number; verdict: Verdict }
  | { type: "decided"; decision: Decision }
  | {
      type: "approved";
      role: string;
      person: string;
      stage: string;
      digest: string;
      expires: number;
      /** The armored SSH signature of the approval's text, which is made of this record and the rollout's identifier. */
      signature?: string;
      /** The token that proved who it is: checked then, and not kept. */
      oidc?: OidcProof;
      /** That nobody signed it: it was taken at its word. */
      unsigned?: true;
    }
  | { type: "signaled"; signal: string; by: string; reason: string }
  | { type: "resumed"; by: string; reason: string }
  | { type: "overridden"; by: string; reason: string; stack: string; patch: Record<string, Json> }
  | { type: "notified"; channel: string; notice: string; ok: boolean; problem?: string }
  | { type: "finished"; outcome: Outcome; reason: string };

/** A record as the journal keeps it. */
export type JournalRecord = RecordBody & {
  /** 1 for the first record of a rollout. */
  sequence: number;
  /** Milliseconds since the epoch. */
  at: number;
  /** Fencing number of the lease that it was written under. */
  fence: number;
  /** SHA-256 of the record before, hexadecimal; of the rollout before for the first one, empty when there is none. */
  previous: string;
  /** SHA-256 of this record without its hash, hexadecimal. */
  hash: string;
};

/** Who serves once a rollout has ended so. */
export function servingAfter(outcome: Outcome, { active, candidate }: { active: Color; candidate: Color }): Color {
  return outcome === "promoted" ? candidate : active;
}

export type { Action };
