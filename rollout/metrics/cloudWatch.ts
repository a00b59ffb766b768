import type { CloudWatchClient, MetricDataQuery, MetricDataResult } from "@aws-sdk/client-cloudwatch";
import { seconds } from "../../stacks/config/fields";
import type { Source } from "../../stacks/config/rollout/metrics";
import { bounded } from "./bounded";
import { cloudWatchQuery } from "./cloudWatchQuery";
import { answerOf, type Answer, type MetricSource, type Question } from "./source";

type CloudWatchConfig = Extract<Source, { kind: "cloudwatch" }>;
type Sdk = typeof import("@aws-sdk/client-cloudwatch");

/** The id of what is asked for; those of a query's metrics are its own. */
const RESULT = "cutoverresult";

/** Attempts of one request, the first included. The SDK waits between them, longer each time and with jitter. */
const ATTEMPTS = 3;

/**
 * CloudWatch of each region. The credentials are those of the environment, in the SDK's order; so is `AWS_ENDPOINT_URL`.
 * A moment's value is that of the last period that had ended `delay` before it: the services report late.
 */
export function cloudWatch(config: CloudWatchConfig): MetricSource {
  const timeout = seconds(config.timeout);
  const delay = seconds(config.delay) * 1000;
  const clients = new Map<string, CloudWatchClient>();
  return {
    key: (question) => `${question.regions.join("|")} ${JSON.stringify(queryOf(question))}`,
    ask(question, moments, signal) {
      return bounded(timeout, signal, async (ending) => {
        const sdk = await import("@aws-sdk/client-cloudwatch");
        const region = question.regions[0]!;
        const client = clients.get(region) ?? new sdk.CloudWatchClient({ region, maxAttempts: ATTEMPTS });
        clients.set(region, client);
        const period = periodOf(question) * 1000;
        const starts = moments.map((moment) => Math.floor((moment - delay) / period) * period - period);
        const range = { StartTime: new Date(starts[0]!), EndTime: new Date(starts.at(-1)! + period) };
        return answersOf(await read(sdk, client, { ...range, MetricDataQueries: queries(question) }, ending), starts);
      });
    },
  };
}

/** Periods of what AWS reports are whole minutes. */
function periodOf({ windowSeconds }: Question): number {
  return Math.ceil(windowSeconds / 60) * 60;
}

function queryOf(question: Question) {
  const { query, color, regions } = question;
  return cloudWatchQuery(query, { color, region: regions.join("|"), window: String(periodOf(question)) });
}

function queries(question: Question): MetricDataQuery[] {
  const { expression, metrics } = queryOf(question);
  const Period = periodOf(question);
  return [
    { Id: RESULT, Expression: expression, Period, ReturnData: true },
    ...Object.entries(metrics).map(([Id, { namespace, name, stat, dimensions }]) => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace: namespace,
          MetricName: name,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period,
        Stat: stat,
      },
      ReturnData: false,
    })),
  ];
}

async function read(
  { paginateGetMetricData }: Sdk,
  client: CloudWatchClient,
  input: Parameters<Sdk["paginateGetMetricData"]>[1],
  abortSignal: AbortSignal,
): Promise<MetricDataResult[]> {
  const results: MetricDataResult[] = [];
  try {
    for await (const page of paginateGetMetricData({ client }, input, { abortSignal })) {
      results.push(...(page.MetricDataResults ?? []));
    }
  } catch (error) {
    const { name, message } = error as Error;
    throw new Error(`${name}: ${message}`.slice(0, 300));
  }
  return results;
}

/**
 * What the results say of the periods that begin at `starts`.
 *
 * @throws Error when they are several series, or CloudWatch could not work them out.
 */
function answersOf(results: readonly MetricDataResult[], starts: readonly number[]): Answer[] {
  const failed = results.find(({ StatusCode }) => StatusCode === "InternalError" || StatusCode === "Forbidden");
  if (failed !== undefined) {
    const why = (failed.Messages ?? []).map(({ Value }) => Value ?? "").join("; ");
    throw new Error(
      `the expression could not be worked out (${failed.StatusCode})${why === "" ? "" : `: ${why.slice(0, 200)}`}`,
    );
  }
  const labels = [...new Set(results.map(({ Label }) => Label ?? ""))];
  if (labels.length > 1) {
    throw new Error(
      `the expression gives ${labels.length} series (${labels.slice(0, 3).join(", ").slice(0, 200)}); one is needed, such as their SUM(...)`,
    );
  }
  const values = new Map<number, number>();
  for (const { Timestamps = [], Values = [] } of results) {
    Timestamps.forEach((time, index) => values.set(time.getTime(), Values[index]!));
  }
  return starts.map((start) => {
    const value = values.get(start);
    return value === undefined ? { silence: "empty" } : answerOf(value);
  });
}
