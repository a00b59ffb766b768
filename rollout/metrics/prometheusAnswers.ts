import { z } from "zod";
import { answerOf, type Answer } from "./source";

/** Times are compared in whole milliseconds: the API writes seconds with three decimals. */
const point = z.tuple([z.number().transform((time) => Math.round(time * 1000)), z.string()]);
const labels = z.record(z.string(), z.string());

const data = z.discriminatedUnion("resultType", [
  z.object({ resultType: z.literal("scalar"), result: point }),
  z.object({ resultType: z.literal("string"), result: z.unknown() }),
  z.object({
    resultType: z.literal("vector"),
    result: z.array(z.object({ metric: labels, value: point.optional() })),
  }),
  z.object({
    resultType: z.literal("matrix"),
    result: z.array(z.object({ metric: labels, values: z.array(point).optional() })),
  }),
]);

const success = z.object({ status: z.literal("success"), data, warnings: z.array(z.string()).optional() });

type Data = z.infer<typeof data>;
type Labels = z.infer<typeof labels>;
type Point = z.infer<typeof point>;

/**
 * What the answer of `/api/v1/query` says about its moment.
 *
 * @throws Error when it is not the answer of a Prometheus, or not one number.
 */
export function instantAnswers(body: string, moment: number): Answer[] {
  const parsed = read(body);
  if (parsed.resultType === "scalar") {
    return [at([parsed.result], moment)];
  }
  if (parsed.resultType !== "vector") {
    throw new Error(
      `the query gives a ${parsed.resultType === "matrix" ? "range of values" : parsed.resultType}, one number is needed`,
    );
  }
  const series = one(parsed.result);
  return [series === undefined ? { silence: "empty" } : at([number(series.value)], moment)];
}

/**
 * What the answer of `/api/v1/query_range` says about each moment.
 *
 * @throws Error when it is not the answer of a Prometheus, or not one number at a time.
 */
export function rangeAnswers(body: string, moments: readonly number[]): Answer[] {
  const parsed = read(body);
  if (parsed.resultType !== "matrix") {
    throw new Error(`the query gives a ${parsed.resultType}, numbers are needed`);
  }
  const series = one(parsed.result);
  const points = series === undefined ? [] : number(series.values);
  const asked = new Set(moments);
  // A cache that rounds the times of a query answers for other moments than it was asked for.
  const stale = points.some(([time]) => !asked.has(time));
  const values = new Map(points);
  return moments.map((moment) => {
    const value = values.get(moment);
    return value === undefined ? { silence: stale ? "stale" : "empty" } : answerOf(parse(value));
  });
}

function at([[time, value]]: [Point], moment: number): Answer {
  return time === moment ? answerOf(parse(value)) : { silence: "stale" };
}

/** Prometheus writes `NaN`, `+Inf` and `-Inf`; none of them is a finite number to JavaScript, either. */
function parse(value: string): number {
  return value.trim() === "" ? NaN : Number(value);
}

function read(body: string): Data {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Error("the answer is no JSON: is the URL that of the HTTP API?");
  }
  const parsed = success.safeParse(json);
  if (!parsed.success) {
    throw new Error("the answer is not that of a Prometheus: is the URL that of the HTTP API?");
  }
  const { warnings = [] } = parsed.data;
  if (warnings.length > 0) {
    // Thanos and others say by a warning that a part of the data is missing.
    throw new Error(`the answer may be incomplete: ${warnings.join("; ").slice(0, 200)}`);
  }
  return parsed.data.data;
}

function one<Series extends { metric: Labels }>(all: readonly Series[]): Series | undefined {
  if (all.length > 1) {
    const shown = all.slice(0, 3).map(({ metric }) => labelText(metric));
    throw new Error(
      `the query gives ${all.length} series (${shown.join(", ").slice(0, 200)}${all.length > 3 ? ", …" : ""}); one is needed, such as their sum(...)`,
    );
  }
  return all[0];
}

function number<Value>(value: Value | undefined): Value {
  if (value === undefined) {
    throw new Error("the query gives a histogram, one number is needed, such as its histogram_quantile(...)");
  }
  return value;
}

function labelText(metric: Labels): string {
  const { __name__: name = "", ...rest } = metric;
  return `${name}{${Object.entries(rest)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(",")}}`;
}
