import type { Color } from "../../stacks/config/fields";
import type { Notice } from "../../stacks/config/rollout/hooks";
import type { JournalRecord, RecordBody } from "../core/records";
import type { Sample } from "../core/sample";
import type { Plan } from "../engine";

/**
 * What the controller asks of the world. The same controller runs against real clouds and against the rehearsal, and
 * cannot tell them apart.
 */

/** Time, in milliseconds since the epoch. */
export interface Clock {
  now(): number;
  /** Resolves after so many milliseconds, or at once when the signal fires. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Reads metrics. It never rejects: what cannot be read is a reading that says so. */
export interface MetricReader {
  /** The samples of the moments given (ends of intervals, ascending), one for each, in the same order. */
  samples(moments: readonly number[], signal?: AbortSignal): Promise<Sample[]>;
}

/** Reads what routers really do. */
export interface RouterReader {
  /**
   * Percentage of requests that a color gets, by region, from the routers themselves. A region that cannot be read, or whose
   * routers disagree, is left out: nothing certain can be said of it.
   * @throws EngineError when no region can be read.
   */
  shares(color: Color): Promise<Record<string, number>>;
}

/** Whether one color can be reached by the header route, in every region. */
export interface Prober {
  /** Why it cannot, in a sentence; undefined when it can. */
  unreachable(color: Color): Promise<string | undefined>;
}

export interface HookResult {
  ok: boolean;
  /** Why it failed, in a sentence. */
  reason?: string;
  /** The end of what it printed or answered, secrets of the environment removed. */
  output: string;
}

/** Runs hooks. It never rejects. */
export interface HookRunner {
  run(hook: string, context: HookContext, signal?: AbortSignal): Promise<HookResult>;
}

/** What a hook is told. */
export interface HookContext {
  rollout: string;
  stack: string;
  stage: string;
  attempt: number;
  release: string;
  candidate: Color;
  share: number;
}

/** One message to people. */
export interface Message {
  notice: Notice;
  rollout: string;
  stack: string;
  title: string;
  /** Lines of plain text. */
  lines: readonly string[];
  /** Head of the journal: who recomputes the chain later is found out. */
  head: string;
}

/** Tells people. It never rejects and is never waited for. */
export interface Notifier {
  tell(message: Message): Promise<{ channel: string; ok: boolean; problem?: string }[]>;
}

/** The right to write a journal, for a while. */
export interface Lease {
  /** Who holds it: person, host, process. */
  holder: string;
  /** Grows with each lease: a write under an older one is refused. */
  fence: number;
  /** Milliseconds since the epoch. */
  expires: number;
}

/** What `history` shows of one rollout. */
export interface RolloutSummary {
  id: string;
  plan: string;
  release: string;
  begun: number;
  ended?: number;
  outcome?: string;
  reason?: string;
}

/** The append-only record of the rollouts of one stack. */
export interface Journal {
  /** Identifier of the open rollout, or of the last one; undefined when there was none. */
  current(): Promise<string | undefined>;
  /** The records of a rollout, checked: sequence, hashes, fences. @throws JournalError naming the record that is wrong. */
  read(id: string): Promise<JournalRecord[]>;
  /** Takes the lease. @throws LeaseError naming the holder when somebody else has it. */
  acquire(holder: string, seconds: number): Promise<Lease>;
  /** Extends it. @throws LeaseError when it was lost. */
  renew(lease: Lease, seconds: number): Promise<Lease>;
  release(lease: Lease): Promise<void>;
  /** Begins a new rollout with its first record. @throws JournalError when one is open. */
  begin(lease: Lease, at: number, body: RecordBody): Promise<{ id: string; record: JournalRecord }>;
  /** Appends a record to the open rollout, durably. @throws LeaseError when the lease was lost: nothing is written then. */
  append(lease: Lease, at: number, body: RecordBody): Promise<JournalRecord>;
  history(): Promise<RolloutSummary[]>;
}

/** What a stage is checked against before each `up`: the law and the standards, over all stacks of the deployment. */
export interface PlanCheck {
  /** Violations that forbid what a preview says would be done, in sentences; empty when there are none. */
  violations(plan: Plan): Promise<string[]>;
}
