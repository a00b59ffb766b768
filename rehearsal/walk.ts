import { isDeepStrictEqual } from "node:util";
import type { Engine, Json, Plan } from "../rollout/engine";
import type { Stage } from "../rollout/stages";
import { changed, outside } from "../rollout/touch";
import type { Color } from "../stacks/config/fields";

/** What one stage of a rehearsal did. */
export interface StageResult {
  name: string;
  stack: string;
  /** The config values that the stage set, by path; empty for a stage that only looks. */
  patch: Readonly<Record<string, Json>>;
  /** URNs of what it changed. */
  changed: string[];
  /** URNs of what it would have changed although it may not; the stage then fails before it changes anything. */
  outside: string[];
  /** Percentage of requests that green really gets, by region: read from the stand-in clouds after the stage. */
  weights: Record<string, number>;
  outcome: "passed" | "failed";
  /** Why the stage failed, in a sentence. */
  reason?: string;
  /** How long it took, in seconds of the wall clock. */
  seconds: number;
}

/** How a rehearsal ended. */
export type Outcome = "promoted" | "rolled-back" | "held" | "failed";

export interface WalkResult {
  stack: string;
  outcome: Outcome;
  stages: StageResult[];
}

/** What a walk looks at in the stand-in clouds. */
export interface Observer {
  /** Percentage of requests that green really gets, by region; empty where there are no routers yet. */
  weights(): Record<string, number>;
  /** Why a request that names a color does not reach it, in a sentence; `undefined` when it does in every region. */
  unreachable(color: Color): string | undefined;
}

export interface WalkArgs {
  /** The stack whose plan is walked. */
  stack: string;
  /** The stacks that are brought up before the release, in order. */
  bringUp: readonly string[];
  stages: readonly Stage[];
  candidate: Color;
  /** Config values that hold for every run of the walked stack, by path. */
  set?: Readonly<Record<string, Json>>;
  engine: Engine;
  observer: Observer;
  onStage?: (name: string) => void;
  onStageDone?: (result: StageResult) => void;
  onStep?: () => void;
}

/**
 * Walks a release in a rehearsal: brings up the stacks, then each stage as a preview, a look at what it would touch, an
 * `up`, and a look at what the routers really do. Stops at the first stage that fails.
 */
export async function walk(args: WalkArgs): Promise<WalkResult> {
  const results: StageResult[] = [];
  // The journal of a rollout owns its patches: every `up` of a stack has all that the stages before it set there.
  const patches = new Map<string, Record<string, Json>>([[args.stack, { ...args.set }]]);
  const recorded = new Map<string, Plan>();

  const attempt = async (name: string, stack: string, patch: StageResult["patch"], act: () => Promise<Done>) => {
    args.onStage?.(name);
    const begun = performance.now();
    const done = await act().catch((error: unknown): Done => ({ changed: [], outside: [], reason: messageOf(error) }));
    const result: StageResult = {
      name,
      stack,
      patch,
      changed: done.changed,
      outside: done.outside,
      weights: args.observer.weights(),
      outcome: done.reason === undefined ? "passed" : "failed",
      ...(done.reason === undefined ? {} : { reason: done.reason }),
      seconds: Math.round((performance.now() - begun) / 10) / 100,
    };
    results.push(result);
    args.onStageDone?.(result);
    return result.outcome === "passed";
  };
  const finish = (outcome: Outcome): WalkResult => ({ stack: args.stack, outcome, stages: results });

  for (const stack of args.bringUp) {
    const up = async () => {
      const plan = await args.engine.up(stack, { set: patches.get(stack), onStep: args.onStep });
      recorded.set(stack, plan);
      return urns(plan);
    };
    if (!(await attempt(`bring-up ${stack}`, stack, {}, up))) {
      return finish("failed");
    }
  }
  for (const stage of args.stages) {
    const set = { ...patches.get(stage.stack), ...stage.patch };
    patches.set(stage.stack, set);
    if (!(await attempt(stage.name, stage.stack, stage.patch, () => perform(stage, set, recorded, args)))) {
      return finish("failed");
    }
  }
  return finish("promoted");
}

interface Done {
  changed: string[];
  outside: string[];
  reason?: string;
}

/** @param recorded - The last `up` of each stack. */
async function perform(
  stage: Stage,
  set: Record<string, Json>,
  recorded: Map<string, Plan>,
  args: WalkArgs,
): Promise<Done> {
  const done: Done = { changed: [], outside: [] };
  if (Object.keys(stage.patch).length > 0) {
    const plan = await args.engine.preview(stage.stack, { set, onStep: args.onStep });
    const foreign = outside(plan.steps, stage.touches);
    if (foreign.length > 0) {
      const names = foreign.map(({ urn }) => urn);
      return {
        ...done,
        outside: names,
        reason: `it would change ${foreign.length} resources that it may not, ${names[0]} first`,
      };
    }
    // An `up` of what is there already, outputs too, would change nothing but take its time.
    const isThere =
      changed(plan.steps).length === 0 && isDeepStrictEqual(plan.outputs, recorded.get(stage.stack)?.outputs);
    if (!isThere) {
      const up = await args.engine.up(stage.stack, { set, onStep: args.onStep });
      recorded.set(stage.stack, up);
      done.changed = urns(up).changed;
    }
  }
  const reason = problem(stage, args);
  return reason === undefined ? done : { ...done, reason };
}

/** What the stand-in clouds say against a stage that is applied. */
function problem(stage: Stage, { candidate, observer }: WalkArgs): string | undefined {
  if (stage.kind === "smoke") {
    return observer.unreachable(candidate);
  }
  const green = candidate === "green" ? stage.share : 100 - stage.share;
  for (const [region, weight] of Object.entries(observer.weights())) {
    if (Math.abs(weight - green) > 1e-6) {
      return `green gets ${weight} % of the requests in ${region}, and ${green} % was set`;
    }
  }
  return undefined;
}

function urns(plan: Plan): Done {
  return { changed: changed(plan.steps).map(({ urn }) => urn), outside: [] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
