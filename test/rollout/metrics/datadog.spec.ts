import assert from "node:assert/strict";
import { datadog } from "../../../rollout/metrics/datadog";
import { createReader } from "../../../rollout/metrics/reader";
import type { Answer, Question } from "../../../rollout/metrics/source";
import { rolloutSchema } from "../../../stacks/config/rollout";
import { planned, RELEASE } from "../support/plans";
import { HttpStub, closedPort, json } from "./httpStub";

const QUERY = "sum:errors{color:$color AND region IN ($region)}.as_count().rollup(sum, $window)";
const QUESTION: Question = { query: QUERY, color: "green", regions: ["us-east-1", "eu-west-1"], windowSeconds: 60 };
const AT = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;
/** The window that a moment at AT is about begins two minutes before it: a minute long, a minute late. */
const START = AT - 2 * MINUTE;
const KEYS = { DD_API_KEY: "0123456789abcdef0123456789abcdef", DD_APP_KEY: "fedcba9876543210" };

/** An answer of `GET /api/v1/query`, with the fields that Datadog documents. */
function answer(points: readonly [number, number | null][], more: object = {}, seriesMore: object = {}) {
  return {
    status: "ok",
    res_type: "time_series",
    resp_version: 1,
    query: QUERY,
    from_date: START,
    to_date: AT,
    message: "",
    group_by: [],
    times: [],
    values: [],
    series: [
      {
        metric: "errors",
        display_name: "errors",
        scope: "color:green",
        expression: "sum:errors{color:green}",
        aggr: "sum",
        interval: 60,
        length: points.length,
        start: START,
        end: AT,
        pointlist: points,
        tag_set: [],
        unit: null,
        query_index: 0,
        attributes: {},
        ...seriesMore,
      },
    ],
    ...more,
  };
}

describe("Datadog", () => {
  const stub = new HttpStub();
  const source = (more: object = {}, env: Record<string, string> = KEYS) =>
    datadog(
      {
        kind: "datadog",
        url: stub.url,
        apiKeyFrom: "DD_API_KEY",
        appKeyFrom: "DD_APP_KEY",
        timeout: "5s",
        delay: "1m",
        ...more,
      },
      env,
      fetch,
    );
  const ask = (moments: readonly number[] = [AT], more = {}, env?: Record<string, string>): Promise<Answer[]> =>
    source(more, env).ask(QUESTION, moments);
  const fails = (message: RegExp, more = {}, env?: Record<string, string>) =>
    assert.rejects(ask([AT], more, env), (error: Error) => {
      assert.match(error.message, message);
      assert.ok(Object.values(KEYS).every((key) => !error.message.includes(key)));
      return true;
    });

  it("is asked for whole windows that had ended some time before each moment, with both keys in headers alone", async () => {
    stub.answer = json(answer([[START, 3]]));
    assert.deepEqual(await ask(), [{ value: 3 }]);
    const [request] = stub.received;
    const url = new URL(request!.path, "http://x");
    assert.equal(`${request!.method} ${url.pathname}`, "GET /api/v1/query");
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      from: String(START / 1000),
      to: String((START + MINUTE) / 1000),
      query: "sum:errors{color:green AND region IN (us-east-1,eu-west-1)}.as_count().rollup(sum, 60)",
    });
    assert.equal(request!.headers["dd-api-key"], KEYS.DD_API_KEY);
    assert.equal(request!.headers["dd-application-key"], KEYS.DD_APP_KEY);
  });

  it("is asked once for several moments: two in one window have the same value, a window without a point none", async () => {
    stub.answer = json(
      answer([
        [START, 1],
        [START + MINUTE, null],
        [START + 2 * MINUTE, 0],
      ]),
    );
    const moments = [AT, AT + 30_000, AT + MINUTE, AT + 2 * MINUTE, AT + 3 * MINUTE];
    assert.deepEqual(await ask(moments), [
      { value: 1 },
      { value: 1 },
      { silence: "empty" },
      { value: 0 },
      { silence: "empty" },
    ]);
    assert.equal(stub.received.length, 1);
  });

  it("says nothing when nothing was reported", async () => {
    stub.answer = json(answer([], { series: [] }));
    assert.deepEqual(await ask(), [{ silence: "empty" }]);
  });

  it("cannot be used when it gives several series, or rolled them up over another time", async () => {
    const one = answer([[START, 1]]).series[0]!;
    stub.answer = json(answer([], { series: [one, { ...one, scope: "color:green,pod:b" }] }));
    await fails(/gives 2 series \(color:green; color:green,pod:b\); one is needed/);
    stub.answer = json(answer([[START, 1]], {}, { interval: 300 }));
    await fails(/over 300 s, and 60 s were asked for: the query needs \.rollup/);
  });

  it("cannot be used when it refuses: its reason is told, by whatever status it comes, and it is not asked again", async () => {
    stub.answer = json({ errors: ["Forbidden"] }, 403);
    await fails(/^HTTP 403: Forbidden$/);
    stub.answer = json({ status: "error", error: "Rule 'x' is not valid", series: [] });
    await fails(/^Datadog refuses the query: Rule 'x' is not valid$/);
    stub.answer = json({ errors: [`unknown key ${KEYS.DD_API_KEY}`] }, 401);
    await fails(/^HTTP 401: unknown key \[secret\]$/);
    assert.equal(stub.received.length, 3);
  });

  it("is asked again after its limit of requests, and cannot be used when that lasts", async () => {
    stub.answer = (request, response, count) =>
      count < 2
        ? json({ errors: ["Too many requests"] }, 429)(request, response, count)
        : json(answer([[START, 4]]))(request, response, count);
    assert.deepEqual(await ask(), [{ value: 4 }]);
    stub.answer = json({ errors: ["Too many requests"] }, 429);
    await fails(/^HTTP 429: Too many requests$/);
    assert.equal(stub.received.length, 5);
  });

  it("cannot be used without its keys, an answer in time, or when it is something else", async () => {
    await fails(/environment variable DD_APP_KEY holds its token, and is not set/, {}, { DD_API_KEY: KEYS.DD_API_KEY });
    assert.equal(stub.received.length, 0);
    await fails(/^it cannot be reached \(ECONNREFUSED\)$/, { url: `http://127.0.0.1:${await closedPort()}` });
    stub.answer = (_, response) => void response.end("<html>Sign in</html>");
    await fails(/not that of Datadog: is the URL that of your site's API/);
    stub.answer = () => undefined;
    await fails(/^no answer within 1 s$/, { timeout: "1s" });
  });

  it("is read as any other source of a rollout: healthy, breaching, and silent when it cannot be asked", async () => {
    const config = rolloutSchema.parse({
      release: RELEASE,
      plan: "standard",
      plans: {},
      sources: { datadog: { kind: "datadog", url: stub.url } },
      metrics: { "error-rate": { source: "datadog", query: QUERY, total: "none" } },
    });
    const plan = { ...planned(), wanted: [{ metric: "error-rate", color: "green" as const, scopes: ["us-east-1"] }] };
    const read = async () => (await createReader({ config, plan, env: KEYS }).samples([AT]))[0]!.readings;
    const reading = { metric: "error-rate", color: "green", scope: "us-east-1" };
    stub.answer = json(answer([[START, 0.2]]));
    assert.deepEqual(await read(), [{ ...reading, value: 0.2 }]);
    stub.answer = json(answer([[START, 6]]));
    assert.deepEqual(await read(), [{ ...reading, value: 6 }]);
    stub.answer = json({ errors: ["Forbidden"] }, 403);
    assert.deepEqual(await read(), [{ ...reading, silence: "error", error: "datadog: HTTP 403: Forbidden" }]);
  });
});
