import { seconds } from "../../stacks/config/fields";
import type { Source } from "../../stacks/config/rollout/metrics";
import { bounded } from "./bounded";
import { bearer } from "./bearer";
import { filled } from "./placeholders";
import { instantAnswers, rangeAnswers } from "./prometheusAnswers";
import { send } from "./request";
import { evenRuns } from "./runs";
import type { Answer, MetricSource, Question } from "./source";

type PrometheusConfig = Extract<Source, { kind: "prometheus" }>;

/**
 * The most points that Prometheus gives of one series.
 *
 * @see https://github.com/prometheus/prometheus/blob/main/web/api/v1/api.go: "exceeded maximum resolution of 11,000 points per timeseries"
 */
const MOST_POINTS = 11_000;

/** A Prometheus, or what speaks its HTTP API (Thanos, Mimir, VictoriaMetrics, Amazon Managed Prometheus behind a proxy). */
export function prometheus(
  config: PrometheusConfig,
  env: Readonly<Record<string, string | undefined>>,
  ask: typeof fetch,
): MetricSource {
  const timeout = seconds(config.timeout);
  const post = (path: string, form: Record<string, string>, signal?: AbortSignal) => {
    const token = bearer(config.tokenFrom, env);
    const url = `${config.url.replace(/\/+$/, "")}/api/v1/${path}`;
    const credentials = token === undefined ? {} : { headers: { authorization: `Bearer ${token}` }, secrets: [token] };
    return bounded(timeout, signal, (ending) =>
      send({ method: "POST", url, form, ...credentials, fetch: ask, signal: ending }),
    );
  };
  return {
    key: text,
    async ask(question, moments, signal) {
      const query = text(question);
      const answers: Answer[] = [];
      for (const { first, last, step, count } of evenRuns(moments, MOST_POINTS)) {
        if (count === 1) {
          answers.push(...instantAnswers(await post("query", { query, time: unix(first) }, signal), first));
        } else {
          const form = { query, start: unix(first), end: unix(last), step: unix(step) };
          const run = moments.slice(answers.length, answers.length + count);
          answers.push(...rangeAnswers(await post("query_range", form, signal), run));
        }
      }
      return answers;
    },
  };
}

/** The names of regions hold nothing that a regular expression, or a string of PromQL, takes for something else. */
function text({ query, color, regions, windowSeconds }: Question): string {
  return filled(query, { color, region: regions.join("|"), window: `${windowSeconds}s` });
}

/** Milliseconds as Prometheus writes times and steps: seconds. */
function unix(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
