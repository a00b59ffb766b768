import assert from "node:assert/strict";
import { parseJudgeInput } from "../../../rollout/judge";
import { ConfigError } from "../../../rollout/engine";

const metric = { name: "latency", worse: "higher", baseline: [1, null, 2], candidate: [1, 2, 3] };

function refused(value: unknown): string {
  try {
    parseJudgeInput(value, "metrics.json");
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  return assert.fail("it was taken");
}

describe("the input of the judge", () => {
  it("is taken with every field, and with none that is optional", () => {
    const full = {
      alpha: 0.01,
      metrics: [
        { ...metric, group: "us-east-1", weight: 2, critical: true, maxRatio: 1.2, uneven: true },
        { ...metric, baseline: { events: 1, total: 9 }, candidate: [{ events: 0.5, total: 3 }, null] },
      ],
    };
    assert.deepEqual(parseJudgeInput(full, "x"), full);
    assert.deepEqual(parseJudgeInput({ metrics: [metric] }, "x"), { metrics: [metric] });
  });

  it("is refused with everything that is wrong with it: path, what is allowed, what there is", () => {
    const message = refused({
      alpha: 0.9,
      method: "t",
      metrics: [
        { ...metric, name: "", worse: "up", weight: -1, critical: "yes", maxRatio: 0.9, tolerance: 1 },
        { worse: "lower", baseline: "1,2", candidate: [1, "2", true] },
      ],
    });
    assert.deepEqual(message.split("\n"), [
      "metrics.json has 11 errors:",
      "  alpha",
      "    Too big: expected number to be <=0.5; got 0.9",
      "  metrics[0].name",
      '    Too small: expected string to have >=1 characters; got ""',
      "  metrics[0].weight",
      "    Too small: expected number to be >=0; got -1",
      "  metrics[0].critical",
      '    expected boolean; got "yes"',
      "  metrics[0].worse",
      '    expected one of "higher"|"lower"|"either"; got "up"',
      "  metrics[0].maxRatio",
      "    Too small: expected number to be >=1; got 0.9",
      "  metrics[0].tolerance",
      "    unknown key; allowed: name, group, weight, critical, worse, maxRatio, uneven, baseline, candidate; got 1",
      "  metrics[1].name",
      "    is required: expected string; got nothing",
      "  metrics[1].baseline",
      '    a list of values in time order, or {"events", "total"}; got "1,2"',
      "  metrics[1].candidate[1]",
      '    a number, null for a missing one, or {"events", "total"}, as for 1 more in this list; got "2"',
      "  method",
      '    unknown key; allowed: alpha, metrics; got "t"',
    ]);
  });

  it("fails when it is no object, has no metric, or lacks a side", () => {
    assert.match(refused([]), /the file\n {4}expected object; got \[\]/);
    assert.match(refused(null), /the file\n/);
    assert.match(refused({ metrics: [] }), /metrics\n {4}Too small/);
    assert.match(
      refused({ metrics: [{ ...metric, candidate: undefined }] }),
      /candidate\n {4}is required: a list of values/,
    );
    assert.match(
      refused({ metrics: [{ ...metric, candidate: { events: 1, total: 2, rate: 3 } }] }),
      /candidate\n {4}a list/,
    );
  });

  it("fails when two metrics of a group have one name, or no metric has a weight", () => {
    assert.match(
      refused({ metrics: [metric, metric] }),
      /metrics\[1\]\.name\n {4}a name that no other metric of its group has; got "latency"/,
    );
    assert.doesNotThrow(() => parseJudgeInput({ metrics: [metric, { ...metric, group: "eu-west-1" }] }, "x"));
    assert.match(refused({ metrics: [{ ...metric, weight: 0 }] }), /a weight above 0 for at least one metric/);
  });

  it("names at most fifty errors", () => {
    const message = refused({ metrics: Array.from({ length: 80 }, () => ({ ...metric, worse: 1 })) });
    assert.match(message, /^metrics\.json has 80 errors:/);
    assert.match(message, /\n {2}and 30 more$/);
  });
});
