import { scaleLinear } from "d3-scale";
import type { History } from "../seen";
import { markup, type Markup, type Piece } from "../markup";
import { table } from "../table";
import { listed, moment, momentText } from "../text";
import { figure } from "./figure";
import { px } from "./path";
import { PLOT, type TimeFrame } from "./timeFrame";

/** A share, from a moment on. */
export interface ShareStep {
  at: number;
  share: number;
}

/** Regions whose routers moved alike, with the candidate's percentages as they were read back. */
export interface ShareRow {
  regions: string[];
  steps: ShareStep[];
}

/** The candidate's percentages as routers were read back; regions that moved alike together. Each begins with 0. */
export function shareRows({ records, state, from }: Pick<History, "records" | "state" | "from">): ShareRow[] {
  const steps = new Map<string, ShareStep[]>(state.plan.routed.map((region) => [region, [{ at: from, share: 0 }]]));
  for (const record of records) {
    if (record.type === "effect-done" || record.type === "effect-failed") {
      for (const [region, share] of Object.entries(record.shares ?? {})) {
        const list = steps.get(region) ?? [{ at: from, share: 0 }];
        steps.set(region, list);
        if (list.at(-1)!.share !== share) {
          list.push({ at: record.at, share });
        }
      }
    }
  }
  const rows = new Map<string, ShareRow>();
  for (const [region, list] of steps) {
    const key = JSON.stringify(list);
    const row = rows.get(key) ?? { regions: [], steps: list };
    rows.set(key, row);
    row.regions.push(region);
  }
  return [...rows.values()];
}

/** Which color served how much, over time. */
export function weightsFigure(history: History, frame: TimeFrame): Markup {
  const { plan } = history.state;
  const rows = shareRows(history);
  const tall = rows.length === 1 ? 96 : 54;
  const gap = 14;
  const height = rows.length * (tall + gap);
  return figure({
    id: "weights",
    title: "Weights: who served how much",
    description: `The percentage of requests that routers gave ${plan.candidate}, over time. ${rows.map((row) => `${listed(row.regions)}: ${row.steps.map(({ at, share }) => `${share} % from ${momentText(at)}`).join(", ")}`).join(". ")}.`,
    height: frame.height(height),
    body: [
      frame.ground(height),
      rows.map((row, index) => band(row, { history, frame, top: frame.top + index * (tall + gap) + gap / 2, tall })),
    ],
    note: markup`As routers were read back. Filled from below: ${plan.candidate}, the candidate; hatched: ${plan.active}, active before.`,
    table: table(
      `The candidate's percentage, by region, whenever it changed`,
      [
        "Region",
        "From (UTC)",
        { title: `${plan.candidate}, %`, number: true },
        { title: `${plan.active}, %`, number: true },
      ],
      rows.flatMap(({ regions, steps }) =>
        steps.map(({ at, share }) => [regions.join(", "), moment(at), share, rest(share)]),
      ),
    ),
  });
}

function band(
  { regions, steps }: ShareRow,
  { history, frame, top, tall }: { history: History; frame: TimeFrame; top: number; tall: number },
): Piece {
  const { plan } = history.state;
  const y = scaleLinear([0, 100], [top + tall, top]);
  const pieces = steps.map(({ at, share }, index) => ({
    left: frame.x(Math.max(at, frame.from)),
    right: frame.x(Math.max(steps[index + 1]?.at ?? frame.to, frame.from)),
    share,
  }));
  return markup`<g>
${rowName(regions, plan.routed.length, top, tall)}
<rect class="color ${plan.active} pale" x="${PLOT.left}" y="${top}" width="${PLOT.right - PLOT.left}" height="${tall}"/>
<rect fill="url(#hatch-${plan.active})" x="${PLOT.left}" y="${top}" width="${PLOT.right - PLOT.left}" height="${tall}"/>
${pieces.map(({ left, right, share }) =>
  right - left < 0.05 || share === 0
    ? ""
    : markup`<rect class="color ${plan.candidate}" x="${px(left)}" y="${px(y(share))}" width="${px(right - left)}" height="${px(y(0) - y(share))}"/>`,
)}
<path class="edge ${plan.candidate}" d="${pieces.map(({ left, right, share }, index) => `${index === 0 ? "M" : "L"}${px(left)} ${px(y(share))}H${px(right)}`).join("")}"/>
${pieces.map(({ left, right, share }) => shareLabel(share, { left, right, top, tall, y: y(share) }))}
<text class="figure" x="${PLOT.right + 12}" y="${top + 13}"><tspan class="strong">${`${plan.candidate} ${steps.at(-1)!.share} %`}</tspan><tspan x="${PLOT.right + 12}" dy="15">at the end</tspan></text>
</g>`;
}

function shareLabel(
  share: number,
  { left, right, top, tall, y }: { left: number; right: number; top: number; tall: number; y: number },
): Piece {
  const text = `${share} %`;
  if (right - left < text.length * 6.4 + 4) {
    return "";
  }
  // Above its edge while there is room for it there.
  const inside = y - top < 16;
  return markup`<text class="share ${inside ? "inside" : ""}" x="${px((left + right) / 2)}" y="${px(inside ? Math.min(y + 14, top + tall - 4) : y - 4)}" text-anchor="middle">${text}</text>`;
}

function rowName(regions: readonly string[], all: number, top: number, tall: number): Piece {
  const lines =
    regions.length === all && all > 1
      ? [`all ${all} regions`]
      : regions.length > 3
        ? [...regions.slice(0, 2), `and ${regions.length - 2} more`]
        : regions;
  const first = top + tall / 2 + 4 - (lines.length - 1) * 7;
  return markup`<text class="row-name" x="0" y="${px(first)}">${lines.map((line, index) => markup`<tspan x="0" dy="${index === 0 ? 0 : 14}">${line}</tspan>`)}</text>`;
}

function rest(share: number): number {
  return Math.round((100 - share) * 1e6) / 1e6;
}
