import type { State } from "../../rollout/core/state";
import type { Clock } from "../../rollout/ports";
import { stageOf } from "../../rollout/core/state";
import type { Place } from "./suggest";
import { phaseOf, statusText } from "./view";

/** How often a terminal is drawn again, milliseconds. */
const REFRESH = 1_000;

/** Draws a rollout while it runs: in place on a terminal; in a log, a line for each change of stage or phase. */
export class Screen {
  private readonly timer: NodeJS.Timeout;
  private lines = 0;
  private said = "";

  constructor(
    private readonly state: () => State,
    private readonly clock: Pick<Clock, "now">,
    private readonly place: Place,
  ) {
    this.draw();
    this.timer = setInterval(() => this.draw(), REFRESH);
    // A screen keeps no process alive.
    this.timer.unref();
  }

  close(): void {
    clearInterval(this.timer);
    this.clear();
  }

  private draw(): void {
    const state = this.state();
    if (process.stdout.isTTY) {
      const text = statusText(state, this.clock.now(), this.place);
      this.clear();
      process.stdout.write(`${text}\n`);
      this.lines = text.split("\n").length;
      return;
    }
    const line = `${phaseOf(state)}: ${stageOf(state)?.name ?? "all stages"}${state.hold === undefined ? "" : ` (${state.hold.reason})`}`;
    if (line !== this.said) {
      this.said = line;
      process.stdout.write(`${new Date(this.clock.now()).toISOString()} ${line}\n`);
    }
  }

  private clear(): void {
    if (this.lines > 0) {
      process.stdout.write(`\x1b[${this.lines}A\x1b[0J`);
      this.lines = 0;
    }
  }
}
