import assert from "node:assert/strict";
import { TOTAL } from "../../../rollout/core/plan";
import { createReader, readerOver, type MeasuredPlan } from "../../../rollout/metrics/reader";
import { answerOf, type Answer, type MetricSource, type Question } from "../../../rollout/metrics/source";
import { metricsSchema, type Metrics } from "../../../stacks/config/rollout/metrics";

const REGIONS = { "us-east-1": 60, "eu-west-1": 40 };
const SCOPES = [...Object.keys(REGIONS), TOTAL];

/** A source that answers by a function, and notes what it was asked. */
class Scripted implements MetricSource {
  readonly asked: Question[] = [];
  atOnce = 0;
  most = 0;

  constructor(private readonly answer: (question: Question, moment: number) => Answer) {}

  key(question: Question): string {
    return JSON.stringify(question);
  }

  async ask(question: Question, moments: readonly number[]): Promise<Answer[]> {
    this.asked.push(question);
    this.most = Math.max(this.most, (this.atOnce += 1));
    await new Promise((resolve) => setImmediate(resolve));
    this.atOnce -= 1;
    return moments.map((moment) => this.answer(question, moment));
  }
}

function metrics(more: Record<string, object>): Metrics {
  return metricsSchema.parse(
    Object.fromEntries(Object.entries(more).map(([name, each]) => [name, { source: "s", query: name, ...each }])),
  );
}

function plan(wanted: MeasuredPlan["wanted"], intervalSeconds = 30): MeasuredPlan {
  return { wanted, regions: REGIONS, intervalSeconds };
}

describe("a reader of metrics", () => {
  it("gives each moment the readings that the plan wants, in its order", async () => {
    const source = new Scripted(({ regions }, moment) => answerOf(moment + regions.length));
    const reader = readerOver(
      { s: source },
      metrics({ cpu: {} }),
      plan([{ metric: "cpu", color: "green", scopes: SCOPES }]),
    );
    const reading = (scope: string, value: number) => ({ metric: "cpu", color: "green", scope, value });
    assert.deepEqual(await reader.samples([100, 130]), [
      { at: 100, readings: [reading("us-east-1", 101), reading("eu-west-1", 101), reading(TOTAL, 102)] },
      { at: 130, readings: [reading("us-east-1", 131), reading("eu-west-1", 131), reading(TOTAL, 132)] },
    ]);
    assert.equal(source.asked.length, 3, "one question for all moments");
    assert.deepEqual(await reader.samples([]), []);
  });

  it("asks over the interval, a minute at least, or over the metric's own window", async () => {
    const windows = async (intervalSeconds: number) => {
      const source = new Scripted(() => ({ value: 1 }));
      const wanted = ["short", "long"].map((metric) => ({ metric, color: "green" as const, scopes: ["eu-west-1"] }));
      await readerOver(
        { s: source },
        metrics({ short: {}, long: { window: "1h" } }),
        plan(wanted, intervalSeconds),
      ).samples([1]);
      return source.asked.map(({ windowSeconds }) => windowSeconds);
    };
    assert.deepEqual(await windows(30), [60, 3600]);
    assert.deepEqual(await windows(90), [90, 3600]);
  });

  it("counts requests beside a value, and says nothing where they are few", async () => {
    const counts: Record<string, number> = { "us-east-1": 30, "eu-west-1": 10 };
    const source = new Scripted(({ query, regions }) =>
      query === "hits" ? { value: regions.reduce((sum, region) => sum + counts[region]!, 0) } : { value: 2 },
    );
    const all = metrics({ hits: {}, errors: { requests: "hits", minRequests: 20 } });
    const [sample] = await readerOver(
      { s: source },
      all,
      plan([{ metric: "errors", color: "green", scopes: SCOPES }]),
    ).samples([1]);
    const key = { metric: "errors", color: "green" };
    assert.deepEqual(sample!.readings, [
      { ...key, scope: "us-east-1", requests: 30, value: 2 },
      { ...key, scope: "eu-west-1", requests: 10, silence: "few" },
      { ...key, scope: TOTAL, requests: 40, value: 2 },
    ]);
  });

  it("works out a mean that requests weigh, also from regions that are too few alone", async () => {
    const source = new Scripted(({ query, regions }) => {
      const east = regions.includes("us-east-1");
      return { value: query === "hits" ? (regions.length === 2 ? 40 : east ? 30 : 10) : east ? 1 : 9 };
    });
    const all = metrics({ hits: {}, errors: { requests: "hits", minRequests: 35, total: "mean" } });
    const [sample] = await readerOver(
      { s: source },
      all,
      plan([{ metric: "errors", color: "green", scopes: [TOTAL] }]),
    ).samples([1]);
    assert.deepEqual(sample!.readings, [{ metric: "errors", color: "green", scope: TOTAL, requests: 40, value: 3 }]);
  });

  it("asks the same question once, and few at a time", async () => {
    const source = new Scripted(() => ({ value: 1 }));
    const names = Array.from({ length: 30 }, (_, index) => `m${index}`);
    const all = metrics(Object.fromEntries([["hits", {}], ...names.map((name) => [name, { requests: "hits" }])]));
    const wanted = names.map((metric) => ({ metric, color: "green" as const, scopes: ["eu-west-1"] }));
    await readerOver({ s: source }, all, plan(wanted)).samples([1]);
    assert.equal(source.asked.filter(({ query }) => query === "hits").length, 1);
    assert.equal(source.asked.length, 31);
    assert.ok(source.most <= 8, `${source.most} at a time`);
  });

  it("never rejects: what cannot be asked is a reading that says why, and hides no other", async () => {
    const broken: MetricSource = { key: () => "x", ask: () => Promise.reject(new Error("no answer within 10 s")) };
    const all = metrics({ cpu: {}, memory: { source: "broken" } });
    const wanted = ["cpu", "memory"].map((metric) => ({ metric, color: "green" as const, scopes: ["eu-west-1"] }));
    const reader = readerOver({ s: new Scripted(() => ({ value: 1 })), broken }, all, plan(wanted));
    const [sample] = await reader.samples([1]);
    const key = { color: "green", scope: "eu-west-1" };
    assert.deepEqual(sample!.readings, [
      { metric: "cpu", ...key, value: 1 },
      { metric: "memory", ...key, silence: "error", error: "broken: no answer within 10 s" },
    ]);
    const stopped = await reader.samples([1], AbortSignal.abort(new Error("stopped")));
    assert.deepEqual(
      stopped[0]!.readings.map(({ error }) => error),
      ["s: stopped", "broken: stopped"],
    );
  });

  it("says of each reading that its source's token is not there", async () => {
    const reader = createReader({
      config: {
        sources: { p: { kind: "prometheus", url: "http://127.0.0.1:9", tokenFrom: "PROMETHEUS_TOKEN", timeout: "1s" } },
        metrics: metrics({ cpu: { source: "p" } }),
      },
      plan: plan([{ metric: "cpu", color: "green", scopes: ["eu-west-1"] }]),
      env: {},
    });
    const [sample] = await reader.samples([1]);
    assert.match(
      sample!.readings[0]!.error!,
      /^p: the environment variable PROMETHEUS_TOKEN holds its token, and is not set$/,
    );
  });
});
