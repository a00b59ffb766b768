import assert from "node:assert/strict";
import { prometheus } from "../../../rollout/metrics/prometheus";
import type { Answer, Question } from "../../../rollout/metrics/source";
import { HttpStub, closedPort, json } from "./httpStub";

const QUESTION: Question = {
  query: 'sum(increase(x{color="$color",region=~"$region"}[$window]))',
  color: "green",
  regions: ["us-east-1", "eu-west-1"],
  windowSeconds: 60,
};
const AT = Date.UTC(2026, 10, 21, 12);
const MOMENTS = [AT, AT + 30_000, AT + 60_000];
const TOKEN = "s3cr3t-t0ken";

const vector = (...result: unknown[]) => ({ status: "success", data: { resultType: "vector", result } });
const matrix = (...result: unknown[]) => ({ status: "success", data: { resultType: "matrix", result } });
const one = (value: string, metric = {}, at = AT) => ({ metric, value: [at / 1000, value] });

describe("a Prometheus", () => {
  const stub = new HttpStub();
  const source = (
    more: { timeout?: string; tokenFrom?: string; url?: string } = {},
    env: Record<string, string> = {},
  ) => prometheus({ kind: "prometheus", url: stub.url, timeout: "5s", ...more }, env, fetch);
  const ask = (moments: readonly number[] = [AT], more = {}, env = {}): Promise<Answer[]> =>
    source(more, env).ask(QUESTION, moments);

  it("is asked for one moment by an instant query, with the placeholders filled in", async () => {
    stub.answer = json(vector(one("0.5")));
    assert.deepEqual(await ask(), [{ value: 0.5 }]);
    assert.deepEqual(
      stub.received.map(({ method, path }) => `${method} ${path}`),
      ["POST /api/v1/query"],
    );
    assert.deepEqual(stub.forms, [
      { query: 'sum(increase(x{color="green",region=~"us-east-1|eu-west-1"}[60s]))', time: (AT / 1000).toFixed(3) },
    ]);
  });

  it("is asked for several moments in one range query, below the path of its URL", async () => {
    stub.answer = json(matrix({ metric: {}, values: MOMENTS.map((at, index) => [at / 1000, String(index)]) }));
    assert.deepEqual(await ask(MOMENTS, { url: `${stub.url}/prometheus/` }), [
      { value: 0 },
      { value: 1 },
      { value: 2 },
    ]);
    assert.equal(stub.received[0]!.path, "/prometheus/api/v1/query_range");
    const { start, end, step } = stub.forms[0]!;
    assert.deepEqual([start, end, step], [(AT / 1000).toFixed(3), ((AT + 60_000) / 1000).toFixed(3), "30.000"]);
  });

  it("is asked once more after a gap between the moments", async () => {
    stub.answer = ({ path, body }, response, count) => {
      const at = Number(new URLSearchParams(body).get("time")) * 1000;
      return json(
        path.endsWith("_range")
          ? matrix({
              metric: {},
              values: [
                [AT / 1000, "1"],
                [AT / 1000 + 30, "2"],
              ],
            })
          : vector(one("3", {}, at)),
      )({ path, body } as never, response, count);
    };
    assert.deepEqual(await ask([AT, AT + 30_000, AT + 600_000]), [{ value: 1 }, { value: 2 }, { value: 3 }]);
    assert.equal(stub.received.length, 2);
  });

  it("says nothing where it has no sample: none at all, or none at that moment", async () => {
    stub.answer = json(vector());
    assert.deepEqual(await ask(), [{ silence: "empty" }]);
    stub.answer = json(matrix());
    assert.deepEqual(
      await ask(MOMENTS),
      MOMENTS.map(() => ({ silence: "empty" })),
    );
    stub.answer = json(
      matrix({
        metric: {},
        values: [
          [AT / 1000, "1"],
          [AT / 1000 + 60, "3"],
        ],
      }),
    );
    assert.deepEqual(await ask(MOMENTS), [{ value: 1 }, { silence: "empty" }, { value: 3 }]);
  });

  it("says nothing when it answers for other moments than it was asked for, as a cache does", async () => {
    stub.answer = json(vector(one("1", {}, AT - 15_000)));
    assert.deepEqual(await ask(), [{ silence: "stale" }]);
    stub.answer = json(
      matrix({
        metric: {},
        values: [
          [AT / 1000 - 10, "1"],
          [AT / 1000 + 20, "2"],
          [AT / 1000 + 60, "3"],
        ],
      }),
    );
    assert.deepEqual(await ask(MOMENTS), [{ silence: "stale" }, { silence: "stale" }, { value: 3 }]);
  });

  for (const value of ["NaN", "+Inf", "-Inf", ""]) {
    it(`says nothing by ${JSON.stringify(value)}`, async () => {
      stub.answer = json(vector(one(value)));
      assert.deepEqual(await ask(), [{ silence: "nan" }]);
    });
  }

  it("answers by a scalar as by a vector", async () => {
    stub.answer = json({ status: "success", data: { resultType: "scalar", result: [AT / 1000, "4"] } });
    assert.deepEqual(await ask(), [{ value: 4 }]);
  });

  describe("cannot be used, and says why,", () => {
    const fails = (moments: readonly number[], message: RegExp, more = {}, env = {}) =>
      assert.rejects(ask(moments, more, env), (error: Error) => {
        assert.match(error.message, message);
        assert.ok(!error.message.includes(TOKEN));
        return true;
      });

    it("when a query gives several series: it names them", async () => {
      stub.answer = json(vector(one("1", { __name__: "x", pod: "a" }), one("2", { __name__: "x", pod: "b" })));
      await fails([AT], /gives 2 series \(x\{pod="a"\}, x\{pod="b"\}\); one is needed/);
      stub.answer = json(matrix({ metric: { pod: "a" }, values: [] }, { metric: { pod: "b" }, values: [] }));
      await fails(MOMENTS, /gives 2 series/);
    });

    it("when a query gives something else than a number", async () => {
      stub.answer = json({ status: "success", data: { resultType: "string", result: [1, "x"] } });
      await fails([AT], /gives a string, one number is needed/);
      stub.answer = json(matrix({ metric: {}, values: [[1, "1"]] }));
      await fails([AT], /gives a range of values/);
      stub.answer = json(vector(one("1")));
      await fails(MOMENTS, /gives a vector, numbers are needed/);
      stub.answer = json(vector({ metric: {}, histogram: [1, {}] }));
      await fails([AT], /gives a histogram/);
    });

    it("when its answer is none of a Prometheus, or may be incomplete", async () => {
      stub.answer = (_, response) => void response.end("<html>Sign in</html>");
      await fails([AT], /is no JSON: is the URL that of the HTTP API\?/);
      stub.answer = json({ status: "success" });
      await fails([AT], /not that of a Prometheus/);
      stub.answer = json({ ...vector(one("1")), warnings: ["store eu-west-1 is down"] });
      await fails([AT], /may be incomplete: store eu-west-1 is down/);
    });

    it("when it refuses a query: it is not asked again", async () => {
      stub.answer = json({ status: "error", errorType: "bad_data", error: "parse error" }, 400);
      await fails([AT], /^HTTP 400: parse error$/);
      assert.equal(stub.received.length, 1);
    });

    it("when it redirects: it is not followed", async () => {
      stub.answer = (_, response) => void response.writeHead(302, { location: `${stub.url}/elsewhere` }).end();
      await fails([AT], /^HTTP 302: it redirects/, { tokenFrom: "TOKEN" }, { TOKEN });
      assert.equal(stub.received.length, 1);
    });

    it("when it answers more than one value can be", async () => {
      stub.answer = (_, response) => void response.end("x".repeat(5 * 1024 * 1024));
      await fails([AT], /larger than 4 MiB/);
    });

    it("when it does not answer in time, or stops in the middle of its answer", async () => {
      stub.answer = () => undefined;
      await fails([AT], /^no answer within 1 s$/, { timeout: "1s" });
      stub.answer = (_, response) => void response.write('{"status":');
      await fails([AT], /^no answer within 1 s$/, { timeout: "1s" });
    });

    it("when nobody listens, or not over TLS", async () => {
      const gone = await closedPort();
      await fails([AT], /^it cannot be reached \(ECONNREFUSED\)$/, { url: `http://127.0.0.1:${gone}` });
      await fails([AT], /^it cannot be reached \(ERR_SSL_\w+\)$/, { url: stub.url.replace("http:", "https:") });
    });

    it("when its token is not there, or could be none", async () => {
      await fails([AT], /environment variable TOKEN holds its token, and is not set/, { tokenFrom: "TOKEN" });
      await fails([AT], /TOKEN holds characters that no token has/, { tokenFrom: "TOKEN" }, { TOKEN: `${TOKEN}\nx` });
      assert.equal(stub.received.length, 0);
    });
  });

  it("is sent the token, which no message repeats", async () => {
    stub.answer = json({ status: "error", error: `unknown token ${TOKEN}` }, 401);
    await assert.rejects(ask([AT], { tokenFrom: "TOKEN" }, { TOKEN: `${TOKEN}\n` }), {
      message: "HTTP 401: unknown token [secret]",
    });
    assert.equal(stub.received[0]!.headers.authorization, `Bearer ${TOKEN}`);
  });

  it("is asked again after what may pass", async () => {
    stub.answer = (request, response, count) =>
      json(count < 3 ? {} : vector(one("1")), count < 3 ? 503 : 200)(request, response, count);
    assert.deepEqual(await ask(), [{ value: 1 }]);
    assert.equal(stub.received.length, 3);
  });

  it("is given up when the caller stops", async () => {
    const controller = new AbortController();
    stub.answer = () => controller.abort();
    await assert.rejects(source().ask(QUESTION, [AT], controller.signal), {
      message: "it was stopped before it answered",
    });
    await assert.rejects(source().ask(QUESTION, [AT], controller.signal), {
      message: "it was stopped before it answered",
    });
  });
});
