import { usable } from "../core/counters";
import { meanwhile, next } from "../core/next";
import type { Hearing } from "./hearing";
import type { ControllerPorts } from "./ports";
import type { Recorder } from "./recorder";

/** How long a rollback waits for the rollout's own running `up` to end, milliseconds. */
const INTERRUPT_GRACE = 30_000;

/** Thrown when a rollback has overtaken what was running. */
export class Overtaken extends Error {}

/** Looks at samples, also while something else runs. */
export class Watcher {
  constructor(
    private readonly recorder: Recorder,
    private readonly hearing: Hearing,
    private readonly ports: Pick<ControllerPorts, "clock" | "metrics">,
  ) {}

  /**
   * Reads samples and records them one by one: what an early one decides is not undone by a later one.
   *
   * @param ask - Says what is to be done after each.
   */
  async look(moments: readonly number[], ask = next): Promise<void> {
    for (const { at, readings } of await this.ports.metrics.samples(moments)) {
      await this.recorder.record({ type: "sampled", sample: { at, readings: readings.map(usable) } });
      const todo = ask(this.recorder.state, this.ports.clock.now());
      if (todo.do === "decide" && todo.decision.kind !== "promote") {
        return;
      }
    }
  }

  /**
   * Lets something run while samples are looked at: a trigger does not wait for a deployment. When one rolls back, what is
   * running is ended, and waited for only so long.
   */
  async guarded<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { clock } = this.ports;
    const abort = new AbortController();
    const sleeping = new AbortController();
    let done = false;
    const work = run(abort.signal).finally(() => {
      done = true;
      sleeping.abort();
    });
    const ended = work.then(
      () => undefined,
      () => undefined,
    );
    while (!done) {
      await clock.sleep(1000 * this.recorder.state.plan.intervalSeconds, sleeping.signal);
      if (done) {
        break;
      }
      try {
        await this.recorder.renew();
        await this.hearing.hear();
        await this.lookMeanwhile();
      } catch (error) {
        // Nothing goes on that nobody records any more: the lease is lost, or the disk is full.
        abort.abort();
        throw error;
      }
      if (this.recorder.state.rollback !== undefined) {
        abort.abort();
        await Promise.race([ended, clock.sleep(INTERRUPT_GRACE)]);
        throw new Overtaken("a rollback has overtaken it");
      }
    }
    return work;
  }

  /** Samples while something runs, and what they decide; a rollback ends it. */
  private async lookMeanwhile(): Promise<void> {
    while (this.recorder.state.rollback === undefined) {
      const todo = meanwhile(this.recorder.state, this.ports.clock.now());
      if (todo.do === "look") {
        await this.look(todo.moments, meanwhile);
      } else if (todo.do === "decide") {
        await this.recorder.record({ type: "decided", decision: todo.decision });
      } else {
        return;
      }
    }
  }
}
