import assert from "node:assert/strict";
import { formatIssues } from "../../../stacks/config/issue";
import { PLAN, accepts, refuses } from "./rolloutRefusals";
import { issuesOf } from "./stackFiles";

describe("the rules of a rollout", () => {
  it("are looked at twice at least in the shortest trigger's time, and at its end", () => {
    const lasting = "rollout.triggers.database-connections.for";
    accepts({ "rollout.interval": "30s" });
    const slow = issuesOf("production", { "rollout.interval": "60s" });
    assert.deepEqual(
      slow.map(({ path }) => path),
      [lasting],
    );
    accepts({ [lasting]: "60s" });
    refuses({ [lasting]: "59s" }, lasting, /at least twice rollout\.interval \(30s\)/);
    refuses({ [lasting]: "70s" }, lasting, /a multiple of rollout\.interval/);
    const issues = issuesOf("production", { "rollout.interval": "0s" });
    assert.deepEqual(
      issues.map(({ path }) => path),
      ["rollout.interval"],
    );
  });

  it("give people time to decide only where they hold", () => {
    const within = { decideWithin: "10m" };
    refuses(
      { "rollout.triggers.errors.decideWithin": "10m" },
      "rollout.triggers.errors.decideWithin",
      /only with action hold: rollback/,
    );
    refuses(
      { "rollout.signals.security-incident.decideWithin": "10m" },
      "rollout.signals.security-incident.decideWithin",
      /only with action hold/,
    );
    const gate = { require: "error-rate < 1", action: "warn", ...within };
    const issue = refuses(
      { [`${PLAN}.steps.0.gates.0`]: gate },
      `${PLAN}.steps[0].gates[0].decideWithin`,
      /warn waits for nobody/,
    );
    assert.match(formatIssues([issue], "x"), /fix: pulumi config rm/);
    accepts({ [`${PLAN}.steps.0.gates.0`]: { ...gate, action: "hold" } });
  });

  it("limit failures in a row below all failures, which count them, too", () => {
    const gate = (limits: object) => ({ [`${PLAN}.steps.0.gates.0`]: { require: "error-rate < 1", limits } });
    accepts(gate({ failures: 3, failuresInARow: 2 }));
    refuses(
      gate({ failures: 3, failuresInARow: 3 }),
      `${PLAN}.steps[0].gates[0].limits.failuresInARow`,
      /below limits\.failures \(3\)/,
    );
    refuses(
      gate({ failuresInARow: 2 }),
      `${PLAN}.steps[0].gates[0].limits.failuresInARow`,
      /below limits\.failures \(0\)/,
    );
  });

  it("step back only where there is a step to go back to", () => {
    const gate = { require: "error-rate < 1", action: "step-back" };
    accepts({ [`${PLAN}.steps.1.gates.0`]: gate });
    refuses({ [`${PLAN}.before.gates.0`]: gate }, `${PLAN}.before.gates[0].action`, /no step to go back to/);
  });
});

describe("the metrics of a rollout", () => {
  const metric = "rollout.metrics.error-rate";

  it("are asked with placeholders that are known", () => {
    refuses(
      { [`${metric}.query`]: 'sum(x{c="$colour"})' },
      `${metric}.query`,
      /unknown placeholder \$colour; allowed: \$color, \$region, \$window/,
    );
    refuses({ [`${metric}.query`]: 'sum(x{c="${color}"})' }, `${metric}.query`, /unknown placeholder \$\{color/);
    accepts({ [`${metric}.query`]: 'label_replace(sum(x{c="$color",p=~"a$"}), "a", "$1", "b", "(.*)")' });
  });

  it("are counted over the same window and the same regions as what they are about", () => {
    refuses(
      { [`${metric}.window`]: "5m" },
      `${metric}.requests`,
      /over the same window \(5m\): that of requests is the interval/,
    );
    refuses(
      { [`${metric}.window`]: "59s", [`${metric}.requests`]: undefined, [`${metric}.minRequests`]: undefined },
      `${metric}.window`,
      /^60s at least/,
    );
    refuses({ [`${metric}.requests`]: undefined }, `${metric}.requests`, /is required with minRequests/);
    refuses({ "rollout.metrics.ai-calls.total": "none" }, "rollout.metrics.ai-error-rate.requests", /total is none/);
    refuses(
      { "rollout.metrics.cpu.perMinute": 5 },
      "rollout.metrics.cpu.perMinute",
      /another one names under requests/,
    );
    refuses({ "rollout.activeHealthy": "open-incidents < 1" }, "rollout.activeHealthy", /total is only/);
    const judged = "rollout.plans.canary.judge.metrics.engagement";
    refuses(
      { [`${judged}.total`]: "requests" },
      `${judged}.events`,
      /over the same window as its total requests \(the interval\): that of sessions-engaged-15m is 15m/,
    );
  });

  it("are asked of CloudWatch as JSON, one region at a time", () => {
    const targets = "rollout.metrics.healthy-targets";
    for (const [query, why] of [
      ["SUM(a)", /it is no JSON$/],
      ["{}", /expression: /],
      ['{"expression": "a", "metrics": {"A": {}}}', /metrics\.A: /],
      ['{"expression": "a", "period": 60}', /the whole: .*period/],
    ] as const) {
      refuses({ [`${targets}.query`]: query }, `${targets}.query`, why);
    }
    for (const total of ["query", "only"]) {
      const [issue, ...others] = issuesOf("production", { [`${targets}.total`]: total }).filter(
        ({ path }) => path !== "rollout.activeHealthy",
      );
      assert.equal(issue?.path, `${targets}.total`);
      assert.match(issue.message, /one region at a time/);
      assert.deepEqual(others, []);
    }
  });

  it("come over connections that keep a credential, and hold none in config", () => {
    const url = "rollout.sources.prometheus.url";
    const issue = refuses({ [url]: "https://user:hunter2@prometheus.example.org/p" }, url, /no user and password/);
    assert.ok(!formatIssues([issue], "x").includes("hunter2"));
    refuses({ [url]: "http://prometheus.example.org" }, url, /^https/);
    accepts({ [url]: "http://127.0.0.1:9090" });
    accepts({ [url]: "http://prometheus.example.org", "rollout.sources.prometheus.tokenFrom": undefined });
    const hook = "rollout.hooks.smoke-tests.webhook";
    refuses({ [hook]: "http://ci.example.org" }, hook, /^https/);
  });

  it("are told to PagerDuty with its key, and to nobody else with one", () => {
    const key = (channel: string) => `rollout.channels.${channel}.keyFrom`;
    refuses({ [key("on-call")]: undefined }, key("on-call"), /routing key/);
    refuses({ [key("releases")]: "SLACK_KEY" }, key("releases"), /only with shape pagerduty: slack/);
  });
});
