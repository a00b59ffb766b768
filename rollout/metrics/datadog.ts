import { z } from "zod";
import { seconds } from "../../stacks/config/fields";
import type { Source } from "../../stacks/config/rollout/metrics";
import { bearer } from "./bearer";
import { bounded } from "./bounded";
import { filled } from "./placeholders";
import { send } from "./request";
import { answerOf, type Answer, type MetricSource, type Question } from "./source";

type DatadogConfig = Extract<Source, { kind: "datadog" }>;

/** What the answer of `/api/v1/query` is. An answer that is no success may be one of 200, too. */
const answer = z.object({
  status: z.string(),
  error: z.string().optional(),
  series: z
    .array(
      z.object({
        interval: z.number(),
        scope: z.string().default(""),
        pointlist: z.array(z.tuple([z.number(), z.number().nullable()])),
      }),
    )
    .default([]),
});

/**
 * Datadog's metrics. A query rolls its points up over the window, so that a point is the window that begins at its time; a
 * moment's value is that of the last window that had ended `delay` before it, and windows begin at whole multiples of their length.
 *
 * @see https://docs.datadoghq.com/api/latest/metrics/query-timeseries-points/
 */
export function datadog(
  config: DatadogConfig,
  env: Readonly<Record<string, string | undefined>>,
  ask: typeof fetch,
): MetricSource {
  const timeout = seconds(config.timeout);
  const delay = 1000 * seconds(config.delay);
  return {
    key: text,
    async ask(question, moments, signal) {
      const window = 1000 * question.windowSeconds;
      const starts = moments.map((moment) => Math.floor((moment - delay) / window) * window - window);
      const [key, application] = [bearer(config.apiKeyFrom, env)!, bearer(config.appKeyFrom, env)!];
      const query = new URLSearchParams({
        from: String(starts[0]! / 1000),
        to: String((starts.at(-1)! + window) / 1000),
        query: text(question),
      });
      const body = await bounded(timeout, signal, (ending) =>
        send({
          method: "GET",
          url: `${config.url.replace(/\/+$/, "")}/api/v1/query?${query.toString()}`,
          headers: { "DD-API-KEY": key, "DD-APPLICATION-KEY": application },
          secrets: [key, application],
          fetch: ask,
          signal: ending,
        }),
      );
      return answersOf(body, starts, question.windowSeconds);
    },
  };
}

function text({ query, color, regions, windowSeconds }: Question): string {
  return filled(query, { color, region: regions.join(","), window: String(windowSeconds) });
}

/**
 * What an answer says of the windows that begin at `starts`.
 *
 * @throws Error when it is none of Datadog, says what went wrong, or is not one series of that window.
 */
function answersOf(body: string, starts: readonly number[], windowSeconds: number): Answer[] {
  const parsed = answer.safeParse(json(body));
  if (!parsed.success) {
    throw new Error("the answer is not that of Datadog: is the URL that of your site's API?");
  }
  const { status, error, series } = parsed.data;
  if (status !== "ok" || (error !== undefined && error !== "")) {
    throw new Error(`Datadog refuses the query: ${(error ?? status).slice(0, 200)}`);
  }
  const [one, ...others] = series;
  if (others.length > 0) {
    const scopes = series.slice(0, 3).map(({ scope }) => scope);
    throw new Error(
      `the query gives ${series.length} series (${scopes.join("; ").slice(0, 200)}); one is needed, without \`by {…}\``,
    );
  }
  if (one !== undefined && one.interval !== windowSeconds) {
    throw new Error(
      `Datadog rolled the points up over ${one.interval} s, and ${windowSeconds} s were asked for: the query needs .rollup(METHOD, $window)`,
    );
  }
  const values = new Map(one?.pointlist);
  return starts.map((start) => {
    const value = values.get(start) ?? undefined;
    return value === undefined ? { silence: "empty" } : answerOf(value);
  });
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
