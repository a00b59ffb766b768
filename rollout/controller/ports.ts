import type { ApprovalRequest, ProvenApproval } from "../approval/identify";
import type { JournalRecord } from "../core/records";
import type { State } from "../core/state";
import type { Engine, Json } from "../engine";
import type { Override } from "../journal/overrides";
import type { Clock, HookRunner, Journal, MetricReader, Notifier, PlanCheck, Prober, RouterReader } from "../ports";
import type { Request } from "../requests";

/** What a controller works with. */
export interface ControllerPorts {
  engine: Engine;
  journal: Journal;
  clock: Clock;
  metrics: MetricReader;
  routers: RouterReader;
  prober: Prober;
  hooks: HookRunner;
  notifier: Notifier;
  /** Rules that see all stacks, checked before each `up`. @default - none */
  check?: PlanCheck;
  /** Says to everybody who runs the program what the rollout owns; without values when it owns nothing any more. @default - nobody is told */
  claim?: (rollout: string, values: Readonly<Record<string, Record<string, Json>>> | undefined) => Promise<void>;
  /** What people asked for since the last look. @default - nothing */
  requests?: () => Promise<Request[]>;
  /**
   * Says who really gave an approval. @throws EngineError for one that is not proven as it must be
   * @default - approvals are taken at their word
   */
  identify?: (state: State, request: ApprovalRequest) => Promise<ProvenApproval>;
  /** Gives what others overrode to who records it. @default - nothing was overridden */
  overrides?: (record: (override: Override) => Promise<void>) => Promise<void>;
  /** Says that the controller lives, at the end of each tick. @default - nobody is told */
  beat?: (state: State) => Promise<void>;
  /** Told each record once it is written. @default - nobody */
  onRecord?: (record: JournalRecord, state: State) => void;
  /** Told each step of a run of the engine: for progress. @default - nobody */
  onStep?: () => void;
}

/** How long a lease lasts, seconds. It is renewed at each tick, and while something is running. */
export const LEASE_SECONDS = 300;
