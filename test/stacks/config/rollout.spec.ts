import assert from "node:assert/strict";
import { parseConfig } from "../../../stacks/config/parse";
import { PLAN, accepts, refuses } from "./rolloutRefusals";
import { changedAt, issuesOf, rawStack, STACKS, type Raw } from "./stackFiles";

const ROLLING = { strategy: "rolling", validate: { soak: "15m" } };

const OIDC = {
  issuer: "https://ci.example.org",
  audience: "cutover.example.org",
  claim: "email",
  jwks: "https://ci.example.org/.well-known/jwks",
};

describe("the plans of a rollout", () => {
  it("name only what is there: plans, metrics, sources, triggers, hooks, roles", () => {
    refuses(
      { "rollout.plan": "blue" },
      "rollout.plan",
      /^a name in rollout\.plans, one of blue-green, canary, recover-us, /,
    );
    refuses(
      { [`${PLAN}.steps.0.gates.0`]: "errors < 1" },
      `${PLAN}.steps[0].gates[0]`,
      /in rollout\.metrics, one of requests,/,
    );
    refuses({ [`${PLAN}.before.gates.0`]: "errors < 1" }, `${PLAN}.before.gates[0]`, /in rollout\.metrics/);
    refuses({ [`${PLAN}.validate.gates.1`]: "errors < 1" }, `${PLAN}.validate.gates[1]`, /in rollout\.metrics/);
    refuses(
      { "rollout.plans.canary.steps.0.gates.0.require": "errors < 1" },
      "rollout.plans.canary.steps[0].gates[0].require",
      /in rollout\.metrics/,
    );
    refuses({ "rollout.triggers.errors.when": "faults > 1" }, "rollout.triggers.errors.when", /in rollout\.metrics/);
    refuses({ "rollout.activeHealthy": "targets >= 1" }, "rollout.activeHealthy", /in rollout\.metrics/);
    refuses({ "rollout.metrics.cpu.source": "thanos" }, "rollout.metrics.cpu.source", /one of prometheus, cloudwatch/);
    refuses(
      { "rollout.metrics.error-rate.requests": "hits" },
      "rollout.metrics.error-rate.requests",
      /in rollout\.metrics/,
    );
    refuses({ [`${PLAN}.triggers.0`]: "error" }, `${PLAN}.triggers[0]`, /in rollout\.triggers, one of errors,/);
    refuses(
      { [`${PLAN}.steps.0.hooks.0`]: "smoke" },
      `${PLAN}.steps[0].hooks[0]`,
      /in rollout\.hooks, one of release-gates/,
    );
    refuses({ [`${PLAN}.before.hooks.0`]: "smoke" }, `${PLAN}.before.hooks[0]`, /in rollout\.hooks/);
    refuses({ [`${PLAN}.hooks`]: { smoke: ["smoke"] } }, `${PLAN}.hooks.smoke[0]`, /in rollout\.hooks/);
    refuses(
      { [`${PLAN}.before.approvals.0`]: "cto" },
      `${PLAN}.before.approvals[0]`,
      /in rollout\.approvers, one of release-manager/,
    );
    refuses(
      { "rollout.plans.canary.steps.2.approvals.0": "cto" },
      "rollout.plans.canary.steps[2].approvals[0]",
      /in rollout\.approvers/,
    );
  });

  it("run hooks in stages that they have", () => {
    const hooks = ["release-gates"];
    accepts({ [`${PLAN}.hooks`]: { deploy: hooks, smoke: hooks, retire: hooks, complete: hooks } });
    refuses({ [`${PLAN}.hooks`]: { smoke: [] } }, `${PLAN}.hooks.smoke`, /^at least 1 item$/);
    refuses({ [`${PLAN}.hooks`]: { shift: hooks } }, `${PLAN}.hooks.shift`, /./);
    refuses(
      { [`${PLAN}.retire`]: false, [`${PLAN}.hooks`]: { retire: hooks } },
      `${PLAN}.hooks.retire`,
      /that this plan has: deploy,/,
    );
    accepts({ "rollout.plans.rolling": { ...ROLLING, hooks: { deploy: hooks, complete: hooks } } });
    refuses(
      { "rollout.plans.rolling": { ...ROLLING, hooks: { smoke: hooks } } },
      "rollout.plans.rolling.hooks.smoke",
      /that this plan has: deploy, complete$/,
    );
  });

  it("name keys of approvers that are in the repository, and issuers that prove themselves", () => {
    accepts({ "rollout.allowedSigners": "ops/allowed_signers", "rollout.oidc": OIDC });
    for (const path of ["/etc/signers", "../signers", "ops/../../signers", ""]) {
      refuses({ "rollout.allowedSigners": path }, "rollout.allowedSigners", /a path in the repository/);
    }
    accepts({ "rollout.oidc": { ...OIDC, jwks: "ops/jwks.json" } });
    for (const jwks of ["http://ci.example.org/jwks", "/etc/jwks.json", "../jwks.json", "file:jwks"]) {
      refuses({ "rollout.oidc": { ...OIDC, jwks } }, "rollout.oidc.jwks", /an https URL, or a path in the repository/);
    }
    refuses({ "rollout.oidc": { ...OIDC, issuer: "http://ci.example.org" } }, "rollout.oidc.issuer", /URL/);
  });

  it("judge by metrics that are there, and not where there is one color only", () => {
    const judge = (each: object) => ({ metrics: { errors: { worse: "higher", ...each } } });
    const path = `${PLAN}.judge.metrics.errors`;
    accepts({ [`${PLAN}.judge`]: judge({ metric: "cpu" }) });
    refuses({ [`${PLAN}.judge`]: judge({ metric: "cp" }) }, `${path}.metric`, /in rollout\.metrics/);
    refuses(
      { [`${PLAN}.judge`]: judge({ events: "failed", total: "requests" }) },
      `${path}.events`,
      /in rollout\.metrics/,
    );
    refuses(
      { [`${PLAN}.judge`]: judge({ events: "requests", total: "hits" }) },
      `${path}.total`,
      /in rollout\.metrics/,
    );
    refuses(
      { "rollout.plans.rolling": { ...ROLLING, judge: judge({ metric: "cpu" }) } },
      "rollout.plans.rolling.judge",
      /no other color/,
    );
  });

  it("say so where a section that a name is looked for in is empty", () => {
    const issues = issuesOf("production", { "rollout.hooks": {} });
    assert.ok(issues.length > 0);
    assert.match(issues[0]!.message, /^a name in rollout\.hooks, and there are none$/);
  });

  it("shift by shares that grow and end at 100", () => {
    const steps = `${PLAN}.steps`;
    refuses(
      { [steps]: [{ share: 30, soak: "5m" }, { share: 30, soak: "5m" }, { share: 100 }] },
      `${steps}[1].share`,
      /^above 30/,
    );
    refuses(
      { [steps]: [{ share: 30, soak: "5m" }, { share: 20, soak: "5m" }, { share: 100 }] },
      `${steps}[1].share`,
      /^above 30/,
    );
    refuses({ [steps]: [{ share: 0, soak: "5m" }, { share: 100 }] }, `${steps}[0].share`, /^above 0/);
    refuses({ [steps]: [{ share: 10, soak: "5m" }, { share: 50 }] }, `${steps}[1].share`, /^100, .* ends at 50 %$/);
    refuses({ [steps]: [] }, steps, /at least one step: blue-green shifts traffic/);
    accepts({ [steps]: [{ share: 100 }] });
  });

  it("shift regions that go first, which everybody follows to the end", () => {
    const steps = `${PLAN}.steps`;
    const lead = { share: 10, soak: "5m", regions: ["us-east-1"] };
    accepts({ [steps]: [lead, { share: 10, soak: "5m" }, { share: 100 }] });
    accepts({ [steps]: [lead, { ...lead, share: 100 }, { share: 100 }] });
    refuses({ [steps]: [lead, lead, { share: 100 }] }, `${steps}[1].share`, /^above 10/);
    refuses({ [steps]: [lead, { share: 5, soak: "5m" }, { share: 100 }] }, `${steps}[1].share`, /^above 10/);
    refuses({ [steps]: [lead, { ...lead, share: 100 }] }, `${steps}[1].share`, /the candidate ends at 0 %/);
  });

  it("name regions that the same stack's platform has", () => {
    const all = Object.assign({}, ...STACKS.map(rawStack), { layers: undefined, stacks: undefined }) as Raw;
    const result = parseConfig(
      changedAt(all, ["rollout", "plans", "blue-green", "steps", 0, "regions"], ["sa-east-1"]),
    );
    assert.ok(!result.ok);
    assert.deepEqual(
      result.issues.map(({ path }) => path),
      [`${PLAN}.steps[0].regions[0]`],
    );
    assert.match(result.issues[0]!.message, /^one of us-east-1, us-west-2/);
  });

  it("shift only what a listener rule can express", () => {
    refuses({ [`${PLAN}.steps.0.share`]: 12.34 }, `${PLAN}.steps[0].share`, /smallest step is 0\.1 %/);
  });

  it("watch each step but the last, for more than no time, and no longer than they may take", () => {
    refuses({ [`${PLAN}.steps.1.soak`]: undefined }, `${PLAN}.steps[1].soak`, /more than 0s/);
    refuses({ [`${PLAN}.steps.1.soak`]: "0m" }, `${PLAN}.steps[1].soak`, /more than 0s/);
    refuses({ [`${PLAN}.steps.3.soak`]: "0s" }, `${PLAN}.steps[3].soak`, /or left out/);
    refuses({ [`${PLAN}.validate.soak`]: "0s" }, `${PLAN}.validate.soak`, /more than 0s/);
    refuses({ [`${PLAN}.steps.1.maxSoak`]: "299s" }, `${PLAN}.steps[1].maxSoak`, /at least soak \(5m\)/);
    refuses({ [`${PLAN}.steps.3.maxSoak`]: "5m" }, `${PLAN}.steps[3].maxSoak`, /only together with soak/);
    accepts({ [`${PLAN}.steps.1.maxSoak`]: "300s" });
    for (const soak of ["5 minutes", 300, "", "m"]) {
      const [issue] = issuesOf("production", { [`${PLAN}.steps.0.soak`]: soak });
      assert.equal(issue?.path, `${PLAN}.steps[0].soak`);
      assert.match(issue.message, /a length of time such as/);
    }
  });

  it("call their steps so that each stage has a name of its own", () => {
    const name = (index: number) => `rollout.plans.canary.steps.${index}.name`;
    refuses({ [name(1)]: "internal-testing" }, "rollout.plans.canary.steps[1].name", /steps\[0\] has it already/);
    for (const taken of ["validate", "deploy", "database-backup", "capacity-10", "go-no-go"]) {
      refuses({ [name(1)]: taken }, "rollout.plans.canary.steps[1].name", /another name/);
    }
  });

  it("have no steps and compare with no other color where there is only one", () => {
    const plans = "rollout.plans.rolling";
    accepts({ [plans]: ROLLING });
    refuses({ [plans]: { ...ROLLING, steps: [{ share: 100 }] } }, `${plans}.steps`, /shifts no traffic/);
    const gates = ["engagement >= baseline * 0.98"];
    refuses(
      { [plans]: { ...ROLLING, validate: { soak: "15m", gates } } },
      `${plans}.validate.gates[0]`,
      /no other color/,
    );
    refuses(
      {
        [plans]: { ...ROLLING, triggers: ["worse"] },
        "rollout.triggers.worse": { when: "engagement < baseline", for: "5m" },
      },
      `${plans}.triggers[0]`,
      /no other color/,
    );
    refuses({ [`${PLAN}.before.gates.0`]: gates[0] }, `${PLAN}.before.gates[0]`, /no other color/);
    refuses({ "rollout.activeHealthy": "healthy-targets >= baseline" }, "rollout.activeHealthy", /no other color/);
  });

  it("have blackouts that end after they begin", () => {
    const window = (to: string) => ({
      [`${PLAN}.window`]: {
        zone: "Europe/Dublin",
        from: "09:00",
        to: "17:00",
        blackouts: [{ from: "2026-12-20", to, why: "exams" }],
      },
    });
    accepts(window("2026-12-20"));
    refuses(window("2026-12-19"), `${PLAN}.window.blackouts[0].to`, /^2026-12-20 or later$/);
  });

  it("keep users on a color for less than the shortest soak, and not one second longer", () => {
    accepts({ "routers.stickinessSeconds": 299 });
    refuses({ "routers.stickinessSeconds": 300 }, "routers.stickinessSeconds", /of the plan blue-green \(300 s\)/);
    const issues = issuesOf("production", { "routers.stickinessSeconds": 3600 });
    assert.equal(issues.length, 2, "one for each plan");
  });

  it("report what is wrong in one plan beside what is wrong in another", () => {
    const paths = issuesOf("production", {
      [`${PLAN}.steps.0.gates.0`]: "error-rate below 1",
      [`${PLAN}.steps.1.soak`]: undefined,
      [`${PLAN}.validate.hooks.0`]: "smoke",
      "rollout.plans.canary.triggers.0": "error",
      "rollout.triggers.errors.for": 5,
      "rollout.triggers.slow-responses.for": "10s",
      "rollout.metrics.cpu.query": "",
      "rollout.metrics.memory.source": "thanos",
    }).map(({ path }) => path);
    assert.deepEqual(paths.sort(), [
      "rollout.metrics.cpu.query",
      "rollout.metrics.memory.source",
      `${PLAN}.steps[0].gates[0]`,
      `${PLAN}.steps[1].soak`,
      `${PLAN}.validate.hooks[0]`,
      "rollout.plans.canary.triggers[0]",
      "rollout.triggers.errors.for",
      "rollout.triggers.slow-responses.for",
    ]);
  });
});
