/**
 * The port between what drives deployments (the command, the rollout controller) and what performs them:
 * Pulumi's own engine, or the rehearsal. Nothing above this file can tell which one it talks to.
 */

/** A plain JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The operations of a step, as Pulumi names them. A replacement is one step, `replace`. */
export const OPS = ["create", "update", "replace", "delete", "same", "read"] as const;
export type Op = (typeof OPS)[number];

/** How a property changed, as in Pulumi's detailed diff. */
export type DiffKind = "add" | "delete" | "update" | "add-replace" | "delete-replace" | "update-replace";

/** One property that a step changes. Secret values are shown as `"[secret]"`, unknown ones as `"[unknown]"`. */
export interface PropertyDiff {
  kind: DiffKind;
  before?: Json;
  after?: Json;
}

/** What the engine does, or would do, to one resource. */
export interface Step {
  op: Op;
  urn: string;
  /** Type token, e.g. `aws:lb/listenerRule:ListenerRule`. */
  type: string;
  /** URN of the parent; absent for the root stack. */
  parent?: string;
  /** URN of the provider resource; absent for components and providers. */
  provider?: string;
  /** What the program asked for (for a delete: what was recorded), secrets as `"[secret]"`, unknowns as `"[unknown]"`. */
  inputs: Record<string, Json>;
  /** Property paths that change, as Pulumi writes them; empty where nothing changes. */
  diff: string[];
  /** The same paths with what they change from and to. */
  detailedDiff: Record<string, PropertyDiff>;
}

/** The result of a preview, an update or a destroy. */
export interface Plan {
  stack: string;
  /** Every resource, also those that stay the same, in the order in which they were decided. */
  steps: Step[];
  /** How many steps of each operation there are; operations that do not occur are left out. */
  summary: Partial<Record<Op, number>>;
  /** The stack's outputs, secrets as `"[secret]"`, unknowns as `"[unknown]"`. */
  outputs: Record<string, Json>;
}

/** What a caller wants of one run. */
export interface RunOptions {
  /** Values that are laid over the stack file for this run, by path inside the `cutover:` namespace; never saved. */
  set?: Readonly<Record<string, Json>>;
  /** URNs that the run is limited to; all when absent. */
  targets?: readonly string[];
  /**
   * Patterns of URNs that the run leaves as they are recorded, and asks no cloud about: `*` is anything without a colon, `**`
   * anything. For a region that cannot be reached. Providers are no part of it. Not together with `targets`.
   */
  exclude?: readonly string[];
  /** Whether what does not depend on a failed step is still done: a rollback must not stop at a region that is dead. */
  continueOnError?: boolean;
  /**
   * Whether the clouds are asked first what there is of the targets: what they have and the record does not know of, a
   * weight moved by hand for instance, is then changed too. Without it an `up` trusts the record.
   */
  refresh?: boolean;
  /** Called for each step when it begins: for progress. */
  onStep?: (step: Step) => void;
  /** Ends the run early when it fires. */
  signal?: AbortSignal;
}

/** A resource as it is recorded, or as its cloud has it now. */
export interface Found {
  urn: string;
  type: string;
  /** Identifier that the cloud gave it, e.g. an ARN. */
  id: string;
  /** Its properties, secrets as `"[secret]"`; what was recorded when the cloud could not be asked. */
  properties: Record<string, Json>;
  /** Why the cloud could not be asked about it, or that it is gone; absent for what was read, and for what is recorded. */
  problem?: string;
}

/** The problem of a resource whose cloud answers, and does not have it. */
export const GONE = "it is gone: its cloud has nothing with this identifier";

/** What a run that was killed left behind, and what became of it. */
export interface Recovery {
  /** What was mended, each in a sentence. */
  mended: string[];
  /**
   * What is left, each in a sentence that names the resource and the commands: what only a person can decide, and what could not
   * be asked. An `up` is possible all the same, and may fail on it or, without {@link RunOptions.refresh}, miss it.
   */
  left: string[];
}

/** Deploys stacks. */
export interface Engine {
  /** What an `up` would do. Changes nothing. */
  preview(stack: string, options?: RunOptions): Promise<Plan>;
  /** Makes the stack what its program says. */
  up(stack: string, options?: RunOptions): Promise<Plan>;
  /** Deletes what the stack holds. */
  destroy(stack: string, options?: Omit<RunOptions, "set">): Promise<Plan>;
  /** The outputs of the last `up`. */
  outputs(stack: string): Promise<Record<string, Json>>;
  /** What is recorded of a stack's resources of some types, as of its last `up`. Asks no cloud. */
  recorded(stack: string, types: readonly string[]): Promise<Found[]>;
  /**
   * What the clouds themselves say now of some of a stack's resources, in the order asked for. Changes nothing, neither
   * there nor in the record. One that cannot be read does not hide the others: see {@link Found.problem}.
   * @throws EngineError for a URN that the stack does not have.
   */
  read(stack: string, urns: readonly string[], signal?: AbortSignal): Promise<Found[]>;
  /**
   * Mends what a killed run left behind: the lock of a process that is gone, operations of which nobody knows whether they
   * were done. To be called before the first run of a process.
   * @throws EngineError when the stack is being changed by somebody who is alive, or whose life cannot be known from here.
   */
  recover(stack: string): Promise<Recovery>;
}

/** Why a run did not do what was asked. The message is for the person who asked: no stack trace is of use. */
export class EngineError extends Error {
  override readonly name: string = "EngineError";
}

/** The config of a stack was refused, before any resource was registered. */
export class ConfigError extends EngineError {
  override readonly name = "ConfigError";
}
