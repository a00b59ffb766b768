import assert from "node:assert/strict";
import { cloudWatch } from "../../../rollout/metrics/cloudWatch";
import type { Answer, Question } from "../../../rollout/metrics/source";
import { HttpStub, json } from "./httpStub";

const MINUTE = 60_000;
const AT = Date.UTC(2026, 10, 21, 12);
const ERRORS: Question = {
  query: JSON.stringify({
    expression: "100 * FILL(failed, 0) / requests",
    metrics: {
      failed: {
        namespace: "AWS/ApplicationELB",
        name: "HTTPCode_Target_5XX_Count",
        stat: "Sum",
        dimensions: { TargetGroup: "pathfinity-$color" },
      },
      requests: { namespace: "AWS/ApplicationELB", name: "RequestCount", stat: "Sum" },
    },
  }),
  color: "green",
  regions: ["eu-west-1"],
  windowSeconds: 60,
};
const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "hunter2",
  AWS_EC2_METADATA_DISABLED: "true",
};

/** A page of results in CloudWatch's JSON protocol, which writes times in seconds. */
function page(points: Record<number, number>, more: object = {}, next?: string) {
  const Timestamps = Object.keys(points).map((time) => Number(time) / 1000);
  const MetricDataResults = [
    { Id: "cutoverresult", Label: "a", Timestamps, Values: Object.values(points), StatusCode: "Complete", ...more },
  ];
  return { MetricDataResults, ...(next === undefined ? {} : { NextToken: next }) };
}

describe("CloudWatch", () => {
  const stub = new HttpStub();
  const saved = new Map<string, string | undefined>();
  before(() => {
    for (const [name, value] of Object.entries({ ...ENVIRONMENT, AWS_ENDPOINT_URL: stub.url })) {
      saved.set(name, process.env[name]);
      process.env[name] = value;
    }
  });
  after(() => {
    for (const [name, value] of saved) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
  });

  const ask = (
    moments: readonly number[] = [AT],
    more: { timeout?: string; delay?: string } = {},
    question = ERRORS,
  ): Promise<Answer[]> =>
    cloudWatch({ kind: "cloudwatch", timeout: "5s", delay: "2m", ...more }).ask(question, moments);
  const sent = () => JSON.parse(stub.received[0]!.body) as Record<string, any>;

  it("is asked in the region, signed, for metric math over the window", async () => {
    stub.answer = json(page({ [AT - 3 * MINUTE]: 0.5 }));
    assert.deepEqual(await ask(), [{ value: 0.5 }]);
    const [request] = stub.received;
    assert.match(String(request!.headers["x-amz-target"]), /GetMetricData$/);
    assert.match(String(request!.headers.authorization), /Credential=AKIDEXAMPLE\/\d+\/eu-west-1\/monitoring\//);
    assert.deepEqual(sent().MetricDataQueries, [
      { Id: "cutoverresult", Expression: "100 * FILL(failed, 0) / requests", Period: 60, ReturnData: true },
      {
        Id: "failed",
        MetricStat: {
          Metric: {
            Namespace: "AWS/ApplicationELB",
            MetricName: "HTTPCode_Target_5XX_Count",
            Dimensions: [{ Name: "TargetGroup", Value: "pathfinity-green" }],
          },
          Period: 60,
          Stat: "Sum",
        },
        ReturnData: false,
      },
      {
        Id: "requests",
        MetricStat: {
          Metric: { Namespace: "AWS/ApplicationELB", MetricName: "RequestCount", Dimensions: [] },
          Period: 60,
          Stat: "Sum",
        },
        ReturnData: false,
      },
    ]);
  });

  it("answers by the last whole period that had ended the delay before a moment", async () => {
    stub.answer = json(page({ [AT - 4 * MINUTE]: 1, [AT - 3 * MINUTE]: 2, [AT - 2 * MINUTE]: 3 }));
    assert.deepEqual(await ask([AT - 30_000, AT, AT + 30_000, AT + MINUTE]), [
      { value: 1 },
      { value: 2 },
      { value: 2 },
      { value: 3 },
    ]);
    assert.equal(stub.received.length, 1, "one request for all moments");
    const { StartTime, EndTime } = sent();
    assert.deepEqual([StartTime, EndTime], [AT / 1000 - 240, AT / 1000 - 60]);
    assert.deepEqual(await ask([AT], { delay: "1m" }), [{ value: 3 }]);
  });

  it("is asked in whole minutes", async () => {
    stub.answer = json(page({}));
    await ask(
      [AT],
      {},
      {
        ...ERRORS,
        windowSeconds: 90,
        query: JSON.stringify({ expression: "SUM(SEARCH('x $color', 'Sum', $window))" }),
      },
    );
    assert.deepEqual(sent().MetricDataQueries, [
      { Id: "cutoverresult", Expression: "SUM(SEARCH('x green', 'Sum', 120))", Period: 120, ReturnData: true },
    ]);
  });

  it("says nothing for a period that it has nothing of", async () => {
    stub.answer = json(page({ [AT - 10 * MINUTE]: 1 }));
    assert.deepEqual(await ask(), [{ silence: "empty" }]);
    stub.answer = json({ MetricDataResults: [] });
    assert.deepEqual(await ask(), [{ silence: "empty" }]);
  });

  it("is read to the last page", async () => {
    stub.answer = (request, response, count) =>
      json(
        count === 1
          ? page({ [AT - 3 * MINUTE]: 1 }, { StatusCode: "PartialData" }, "more")
          : page({ [AT - 2 * MINUTE]: 2 }),
      )(request, response, count);
    assert.deepEqual(await ask([AT, AT + MINUTE]), [{ value: 1 }, { value: 2 }]);
    assert.equal(JSON.parse(stub.received[1]!.body).NextToken, "more");
  });

  describe("cannot be used, and says why,", () => {
    it("when an expression gives several series: it names them", async () => {
      const [first] = page({ [AT - 3 * MINUTE]: 1 }).MetricDataResults;
      stub.answer = json({ MetricDataResults: [first, { ...first, Label: "b" }] });
      await assert.rejects(ask(), /gives 2 series \(a, b\); one is needed/);
    });

    it("when an expression cannot be worked out", async () => {
      stub.answer = json(
        page({}, { StatusCode: "Forbidden", Messages: [{ Code: "x", Value: "no access to the account" }] }),
      );
      await assert.rejects(ask(), /could not be worked out \(Forbidden\): no access to the account/);
    });

    it("when it refuses, without the secret", async () => {
      stub.answer = json(
        { __type: "AccessDeniedException", message: "not authorized to perform: cloudwatch:GetMetricData" },
        400,
      );
      await assert.rejects(ask(), (error: Error) => {
        assert.match(error.message, /AccessDenied\w*: not authorized/);
        assert.ok(!error.message.includes("hunter2"));
        return true;
      });
      assert.equal(stub.received.length, 1);
    });

    it("when it does not answer in time", async () => {
      stub.answer = () => undefined;
      await assert.rejects(ask([AT], { timeout: "1s" }), { message: "no answer within 1 s" });
    });
  });

  it("is asked again when it is overloaded", async () => {
    stub.answer = (request, response, count) =>
      json(
        count === 1 ? { __type: "ThrottlingException", message: "slow down" } : page({ [AT - 3 * MINUTE]: 1 }),
        count === 1 ? 400 : 200,
      )(request, response, count);
    assert.deepEqual(await ask(), [{ value: 1 }]);
    assert.equal(stub.received.length, 2);
  });
});
