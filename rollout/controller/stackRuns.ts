import type { State } from "../core/state";
import type { Json, RunOptions } from "../engine";
import type { ControllerPorts } from "./ports";

/** What every run of the engine for a rollout has, and what comes before it. */
export class StackRuns {
  /** Stacks in which nothing is left of a killed run. */
  private readonly recovered = new Set<string>();

  constructor(
    private readonly state: State,
    private readonly ports: Pick<ControllerPorts, "engine" | "claim">,
  ) {}

  /** What every run of a stack has. A region that is lost is asked for nothing, and stays as it is recorded. */
  options(stack: string): Pick<RunOptions, "set" | "exclude"> {
    const { recovery } = this.state.plan;
    return { set: this.patches(stack), ...(recovery === undefined ? {} : { exclude: [`**::*${recovery.region}*`] }) };
  }

  /** The values that the rollout owns in a stack. */
  patches(stack: string): Record<string, Json> {
    return { ...this.state.patches.get(stack) };
  }

  /** To be called before each run. @returns What a killed run left that only people can mend. */
  async prepare(stack: string): Promise<string[]> {
    await this.claim();
    return this.recover(stack);
  }

  /** To be called when a run fails, or something is left: the next one asks again. */
  forget(stack: string): void {
    this.recovered.delete(stack);
  }

  /** Everybody else's run of the program is measured by this. */
  private async claim(): Promise<void> {
    await this.ports.claim?.(this.state.id, Object.fromEntries(this.state.patches));
  }

  /** Mends what a killed run left, once for each stack. @returns What only people can mend. */
  private async recover(stack: string): Promise<string[]> {
    if (this.recovered.has(stack)) {
      return [];
    }
    const { left } = await this.ports.engine.recover(stack);
    this.recovered.add(stack);
    return left;
  }
}
