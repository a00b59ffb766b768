import { quantileSorted } from "d3-array";
import type { Color } from "../stacks/config/fields";
import type { JournalRecord } from "../rollout/core/records";

/** The values of one metric, color and scope, in time order; NaN where a sample said nothing. */
export interface Series {
  metric: string;
  color: Color;
  scope: string;
  at: number[];
  values: number[];
}

/** All that was sampled, by metric. A value that is no finite number says nothing, as for the controller. */
export function seriesOf(records: readonly JournalRecord[]): Map<string, Series[]> {
  const found = new Map<string, Series>();
  const metrics = new Map<string, Series[]>();
  for (const record of records) {
    if (record.type !== "sampled") {
      continue;
    }
    const { at, readings } = record.sample;
    for (const { metric, color, scope, value, silence } of readings) {
      const key = `${metric} ${color} ${scope}`;
      let series = found.get(key);
      if (series === undefined) {
        series = { metric, color, scope, at: [], values: [] };
        found.set(key, series);
        metrics.set(metric, [...(metrics.get(metric) ?? []), series]);
      }
      series.at.push(at);
      series.values.push(silence === undefined && value !== undefined && Number.isFinite(value) ? value : NaN);
    }
  }
  return metrics;
}

/** The part of a series between two moments, the first one left out: what a stage that began then was watched by. */
export function within(series: Series, after: number, until: number): number[] {
  return series.values.filter((value, index) => {
    const at = series.at[index]!;
    return at > after && at <= until && !Number.isNaN(value);
  });
}

/** A point of a line. */
export interface Point {
  x: number;
  y: number;
}

/**
 * Thins points for a drawing: of each column so many units wide, the first, the lowest, the highest and the last in their order,
 * so that no peak is lost and lines join where they did. A point whose `y` is NaN breaks the line and begins another.
 *
 * @returns Lines, each with one point at least.
 */
export function thin(points: readonly Point[], columnWidth: number): Point[][] {
  const lines: Point[][] = [];
  let line: Point[] | undefined;
  let column: Point[] = [];
  const flush = () => {
    line?.push(...extremes(column));
    column = [];
  };
  for (const point of points) {
    if (Number.isNaN(point.y)) {
      flush();
      line = undefined;
      continue;
    }
    if (line === undefined) {
      line = [];
      lines.push(line);
    }
    if (column.length > 0 && Math.floor(column[0]!.x / columnWidth) !== Math.floor(point.x / columnWidth)) {
      flush();
    }
    column.push(point);
  }
  flush();
  return lines;
}

function extremes(column: readonly Point[]): Point[] {
  if (column.length <= 4) {
    return [...column];
  }
  let lowest = 0;
  let highest = 0;
  column.forEach(({ y }, index) => {
    lowest = y < column[lowest]!.y ? index : lowest;
    highest = y > column[highest]!.y ? index : highest;
  });
  return [...new Set([0, lowest, highest, column.length - 1])]
    .sort((one, other) => one - other)
    .map((index) => column[index]!);
}

/** The quantiles of some values that a summary shows. */
export interface Summary {
  count: number;
  least: number;
  lowerQuartile: number;
  median: number;
  upperQuartile: number;
  most: number;
}

/** Summarises values; undefined when there are none. */
export function summaryOf(values: readonly number[]): Summary | undefined {
  if (values.length === 0) {
    return undefined;
  }
  const sorted = [...values].sort((one, other) => one - other);
  return {
    count: sorted.length,
    least: sorted[0]!,
    lowerQuartile: quantileSorted(sorted, 0.25)!,
    median: quantileSorted(sorted, 0.5)!,
    upperQuartile: quantileSorted(sorted, 0.75)!,
    most: sorted.at(-1)!,
  };
}
