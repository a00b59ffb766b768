import type { RolloutConfig } from "../../stacks/config/rollout";
import type { Metrics, Source } from "../../stacks/config/rollout/metrics";
import { TOTAL, type RolloutPlan, type Wanted } from "../core/plan";
import type { Reading, Sample } from "../core/sample";
import type { MetricReader } from "../ports";
import { cloudWatch } from "./cloudWatch";
import { combined, readingOf } from "./combine";
import { datadog } from "./datadog";
import { prometheus } from "./prometheus";
import type { Answer, MetricSource } from "./source";
import { windowOf } from "./window";

/** How many questions are asked at a time: a Prometheus evaluates twenty by default, and others ask it, too. */
const AT_ONCE = 8;

/** Does no more than so many things at a time. */
type Limit = <T>(act: () => Promise<T>) => Promise<T>;

/** An ES module: loaded once, and not at every tick of three days. */
let limits: Promise<{ default: (atOnce: number) => Limit }> | undefined;

/** What of a plan decides which readings there are. */
export type MeasuredPlan = Pick<RolloutPlan, "wanted" | "regions" | "intervalSeconds">;

/**
 * Reads what a plan wants measured, from the sources in config. Credentials come from the environment; a source whose
 * credential is not there answers every question with an error that says so: a rollback does not wait for it.
 */
export function createReader(options: {
  config: Pick<RolloutConfig, "sources" | "metrics">;
  plan: MeasuredPlan;
  env: Readonly<Record<string, string | undefined>>;
  fetch?: typeof fetch;
}): MetricReader {
  const { config, plan, env, fetch: ask = fetch } = options;
  const source = (each: Source): MetricSource => {
    switch (each.kind) {
      case "prometheus":
        return prometheus(each, env, ask);
      case "cloudwatch":
        return cloudWatch(each);
      case "datadog":
        return datadog(each, env, ask);
    }
  };
  return readerOver(
    Object.fromEntries(Object.entries(config.sources).map(([name, each]) => [name, source(each)])),
    config.metrics,
    plan,
  );
}

/** A reader over sources of any kind: totals, windows and `minRequests` are the same for each. */
export function readerOver(
  sources: Readonly<Record<string, MetricSource>>,
  metrics: Metrics,
  plan: MeasuredPlan,
): MetricReader {
  return {
    async samples(moments, signal) {
      if (moments.length === 0) {
        return [];
      }
      const { default: pLimit } = await (limits ??= import("p-limit"));
      const look = new Look(sources, metrics, plan, moments, pLimit(AT_ONCE), signal);
      const series = await Promise.all(
        plan.wanted.flatMap((wanted) => wanted.scopes.map((scope) => look.readings(wanted, scope))),
      );
      return moments.map((at, index): Sample => ({ at, readings: series.map((readings) => readings[index]!) }));
    },
  };
}

/** One look at several moments: each question is asked once, whatever needs its answer. */
class Look {
  private readonly asked = new Map<string, Promise<Answer[]>>();

  constructor(
    private readonly sources: Readonly<Record<string, MetricSource>>,
    private readonly metrics: Metrics,
    private readonly plan: MeasuredPlan,
    private readonly moments: readonly number[],
    private readonly limit: Limit,
    private readonly signal?: AbortSignal,
  ) {}

  async readings({ metric, color }: Wanted, scope: string): Promise<Reading[]> {
    const { requests, minRequests } = this.metrics[metric]!;
    const [answers, counts] = await Promise.all([
      this.answers(metric, color, scope),
      requests === undefined ? undefined : this.answers(requests, color, scope),
    ]);
    return answers.map((answer, index) => readingOf({ metric, color, scope }, answer, counts?.[index], minRequests));
  }

  private async answers(metric: string, color: Wanted["color"], scope: string): Promise<Answer[]> {
    const { total, requests } = this.metrics[metric]!;
    const regions = Object.keys(this.plan.regions);
    if (scope !== TOTAL) {
      return this.ask(metric, color, [scope]);
    }
    if (total === "query" || total === "only" || total === "none") {
      return this.ask(metric, color, regions);
    }
    const parts = await Promise.all(
      regions.map(async (region) => ({
        answers: await this.answers(metric, color, region),
        counts: requests === undefined ? undefined : await this.answers(requests, color, region),
      })),
    );
    return this.moments.map((_, index) =>
      combined(
        total,
        parts.map(({ answers, counts }) => ({ answer: answers[index]!, requests: counts?.[index] })),
      ),
    );
  }

  private ask(name: string, color: Wanted["color"], regions: readonly string[]): Promise<Answer[]> {
    const metric = this.metrics[name]!;
    const source = this.sources[metric.source]!;
    const question = {
      query: metric.query,
      color,
      regions,
      windowSeconds: windowOf(metric, this.plan.intervalSeconds),
    };
    const key = `${metric.source} ${source.key(question)}`;
    const asked =
      this.asked.get(key) ??
      this.limit(() => this.answered(metric.source, () => source.ask(question, this.moments, this.signal)));
    this.asked.set(key, asked);
    return asked;
  }

  /** What cannot be asked is an answer, too. */
  private async answered(source: string, ask: () => Promise<Answer[]>): Promise<Answer[]> {
    try {
      this.signal?.throwIfAborted();
      return await ask();
    } catch (problem) {
      const error = `${source}: ${problem instanceof Error ? problem.message : String(problem)}`;
      return this.moments.map(() => ({ silence: "error", error }));
    }
  }
}
