import { isDeepStrictEqual } from "node:util";
import type { WatchedStage } from "../core/plan";
import type { Effect, RecordBody } from "../core/records";
import { stageOf } from "../core/state";
import { EngineError, type Plan } from "../engine";
import { changed, outside } from "../touch";
import { checkShares } from "./checkShares";
import type { ControllerPorts } from "./ports";
import type { Recorder } from "./recorder";
import type { StackRuns } from "./stackRuns";
import { Overtaken, type Watcher } from "./watcher";

/** What is recorded of an effect that failed. */
type Failed = Extract<RecordBody, { type: "effect-failed" }>;

/** What a stage does to the world, recorded before and after. */
export class StageEffects {
  constructor(
    private readonly recorder: Recorder,
    private readonly watcher: Watcher,
    private readonly runs: StackRuns,
    private readonly ports: Pick<ControllerPorts, "engine" | "check" | "hooks" | "onStep" | "prober" | "routers">,
  ) {}

  /** Previews, checks what would be touched, applies, reads back. */
  async apply(stage: WatchedStage): Promise<void> {
    const { engine, check } = this.ports;
    const effect: Effect = { kind: "up", stage: stage.name, stack: stage.stack };
    const options = { ...this.runs.options(stage.stack), onStep: this.ports.onStep };
    const fail = (reason: string, more: Partial<Omit<Failed, "type">> = {}) =>
      this.recorder.record({ type: "effect-failed", effect, reason, ...more });
    try {
      const left = await this.runs.prepare(stage.stack);
      if (left.length > 0) {
        this.runs.forget(stage.stack);
        await fail(`a killed run left what only people can mend: ${left.join("; ")}`, { hold: true });
        return;
      }
      const plan = await this.watcher.guarded((signal) => engine.preview(stage.stack, { ...options, signal }));
      const foreign = outside(plan.steps, stage.touches).map(({ urn }) => urn);
      if (foreign.length > 0) {
        await fail(`it would change ${foreign.length} resources that it may not, ${foreign[0]} first`, {
          outside: foreign,
          hold: true,
        });
        return;
      }
      // People may have promoted past what was read back; what still has requests is not taken away.
      const { shares, problem } = stage.kind === "retire" ? await this.shares(stage) : {};
      if (problem !== undefined) {
        await fail(problem, { hold: true, shares });
        return;
      }
      const violations = (await check?.violations(plan)) ?? [];
      if (violations.length > 0) {
        const [first, ...others] = violations;
        const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
        await fail(`the policies forbid it: ${first}${more}`, { violations, hold: true });
        return;
      }
      const urns = changed(plan.steps).map(({ urn }) => urn);
      await this.recorder.record({ type: "effect-begun", effect, urns });
      const done = (await this.isThere(plan))
        ? []
        : changed((await this.watcher.guarded((signal) => engine.up(stage.stack, { ...options, signal }))).steps);
      if (stage.kind === "shift") {
        const { shares, problem } = await this.shares(stage);
        if (problem !== undefined) {
          await fail(problem, { hold: true, shares });
          return;
        }
        await this.recorder.record({ type: "effect-done", effect, changed: done.map(({ urn }) => urn), shares });
        return;
      }
      await this.recorder.record({ type: "effect-done", effect, changed: done.map(({ urn }) => urn) });
    } catch (error) {
      if (!(error instanceof EngineError) && !(error instanceof Overtaken)) {
        throw error;
      }
      this.runs.forget(stage.stack);
      await fail(error.message);
    }
  }

  /** Tries the candidate through the header route. */
  async probe(stage: WatchedStage): Promise<void> {
    const effect: Effect = { kind: "probe", stage: stage.name };
    await this.recorder.record({ type: "effect-begun", effect });
    const reason = await this.ports.prober.unreachable(this.recorder.state.plan.candidate);
    await this.recorder.record(
      reason === undefined ? { type: "effect-done", effect, changed: [] } : { type: "effect-failed", effect, reason },
    );
  }

  /** Runs a hook of a stage. */
  async hook(stage: WatchedStage, hook: string): Promise<void> {
    const { state } = this.recorder;
    const effect: Effect = { kind: "hook", stage: stage.name, hook };
    const context = {
      rollout: state.id,
      stack: state.plan.stack,
      stage: stage.name,
      attempt: state.attempts.get(stage.name)!,
      release: state.plan.release,
      candidate: state.plan.candidate,
      share: stage.share,
    };
    await this.recorder.record({ type: "effect-begun", effect });
    const result = await this.watcher
      .guarded((signal) => this.ports.hooks.run(hook, context, signal))
      .catch((error: unknown) => {
        if (error instanceof Overtaken) {
          return { ok: false, reason: error.message, output: "" };
        }
        throw error;
      });
    await this.recorder.record(
      result.ok
        ? { type: "effect-done", effect, changed: [], output: result.output }
        : { type: "effect-failed", effect, reason: result.reason ?? `hook ${hook} failed`, output: result.output },
    );
  }

  /** Before a stage is left: whether routers still do what it set. */
  async readBack(): Promise<boolean> {
    const { state } = this.recorder;
    const stage = stageOf(state)!;
    if (state.exposedAt === undefined || state.plan.rolling) {
      return true;
    }
    const effect: Effect = { kind: "read-back", stage: stage.name };
    const { shares, problem } = await this.shares(stage);
    if (problem !== undefined) {
      await this.recorder.record({ type: "effect-failed", effect, reason: problem, hold: true, shares });
      return false;
    }
    return true;
  }

  private shares(stage: WatchedStage): ReturnType<typeof checkShares> {
    return checkShares(this.ports.routers, this.recorder.state.plan, stage);
  }

  /** An `up` of what is there already, outputs too, would change nothing but take its time. */
  private async isThere(plan: Plan): Promise<boolean> {
    return (
      changed(plan.steps).length === 0 && isDeepStrictEqual(plan.outputs, await this.ports.engine.outputs(plan.stack))
    );
  }
}
