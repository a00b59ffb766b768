import { scaleUtc, type ScaleTime } from "d3-scale";
import type { History, StageRun } from "../seen";
import { markup, type Markup, type Piece } from "../markup";
import { marksOf, type Mark } from "../marks";
import { momentText } from "../text";
import { px } from "./path";

/** Where plots stand in a drawing: names of rows at the left, their figures at the right. */
export const PLOT = { left: 150, right: 860 } as const;

/** Height of the band of stages and marks above the rows, and of the axis below them. */
const HEAD = 56;
const FOOT = 24;
/** Width of a letter of the bands, and what a name needs around it. */
const LETTER = 6.4;
const ROOM = 8;

/** The time that charts show: from the candidate's first requests on, so that what matters has the room; all of it when it never had any. */
export class TimeFrame {
  public readonly x: ScaleTime<number, number>;
  public readonly from: number;
  public readonly to: number;
  private readonly marks: readonly Mark[];

  public constructor(private readonly history: History) {
    const { runs, from, to, exposedAt } = history;
    const first = exposedAt === undefined ? undefined : runs.findLast((run) => (run.from ?? to) <= exposedAt)?.from;
    this.from = first ?? from;
    // A little more than there was, so that how it ended can be seen.
    this.to = to + Math.max(1000, (to - this.from) / 40);
    this.x = scaleUtc([this.from, this.to], [PLOT.left, PLOT.right]);
    this.marks = marksOf(history).filter(({ at }) => at >= this.from);
  }

  /** A whole drawing's height, by that of its rows. */
  public height(rows: number): number {
    return HEAD + rows + FOOT;
  }

  /** Where the rows begin. */
  public get top(): number {
    return HEAD;
  }

  /** Bands of stages, holds and marks behind rows, and the axis below. */
  public ground(rows: number): Markup {
    const bottom = HEAD + rows;
    return markup`${this.bands(bottom)}${this.holdBands(bottom)}${this.axis(bottom)}${this.markLines(bottom)}`;
  }

  private bands(bottom: number): Piece {
    const { undone } = this.history;
    const back = undone[0];
    const bands = [
      ...this.history.runs.flatMap((run) => bandOf(run, this.to)),
      ...(back === undefined ? [] : [{ name: "rollback", number: "", from: back.from, to: this.to }]),
    ].filter(({ to }) => to > this.from);
    return bands.map(({ name, number, from, to }, index) => {
      const [left, right] = [this.x(Math.max(from, this.from)), this.x(to)];
      const width = right - left;
      const text = [`${number} ${name}`.trim(), number].find((each) => each.length * LETTER + ROOM <= width);
      return markup`<g><title>${`${number} ${name}`.trim()}</title><rect class="band ${index % 2 === 0 ? "even" : "odd"}" x="${px(left)}" y="8" width="${px(width)}" height="${px(bottom - 8)}"/>${
        text === undefined || text === ""
          ? ""
          : markup`<text class="band-name" x="${px(left + width / 2)}" y="22" text-anchor="middle">${text}</text>`
      }</g>`;
    });
  }

  private holdBands(bottom: number): Piece {
    return this.history.holds.map(({ hold: { since, reason }, to }) => {
      const [left, right] = [this.x(Math.max(since, this.from)), this.x(to ?? this.to)];
      return right <= left
        ? ""
        : markup`<rect class="hold" fill="url(#hatch-hold)" x="${px(left)}" y="28" width="${px(Math.max(2, right - left))}" height="${px(bottom - 28)}"><title>holds: ${reason}</title></rect>`;
    });
  }

  private axis(bottom: number): Piece {
    const ticks = this.x.ticks(7);
    const format = this.x.tickFormat(
      7,
      this.to - this.from > 172_800_000 ? "%d %b %H:%M" : this.to - this.from < 600_000 ? "%H:%M:%S" : "%H:%M",
    );
    return markup`<g class="axis">${ticks.map((tick) => {
      const x = px(this.x(tick));
      return markup`<line class="grid" x1="${x}" x2="${x}" y1="${HEAD - 4}" y2="${bottom}"/><text x="${x}" y="${bottom + 16}" text-anchor="middle">${format(tick)}</text>`;
    })}<text x="${PLOT.right + 12}" y="${bottom + 16}">UTC</text></g>`;
  }

  private markLines(bottom: number): Piece {
    let before = -Infinity;
    return this.marks.map(({ at, sign, kind, text }) => {
      const x = this.x(at);
      const crowded = x - before < 13;
      before = crowded ? before : x;
      return markup`<g class="mark ${kind}"><title>${momentText(at)}: ${text}</title><line x1="${px(x)}" x2="${px(x)}" y1="${crowded ? 50 : 48}" y2="${bottom}"/>${
        crowded ? "" : markup`<text x="${px(x)}" y="44" text-anchor="middle">${sign}</text>`
      }</g>`;
    });
  }
}

function bandOf({ stage, number, attempt, from, to }: StageRun, end: number) {
  return from === undefined
    ? []
    : [{ name: attempt > 1 ? `${stage.name} (${attempt})` : stage.name, number: String(number), from, to: to ?? end }];
}
