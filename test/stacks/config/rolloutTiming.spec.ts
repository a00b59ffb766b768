import { accepts, PLAN, refuses } from "./rolloutRefusals";

const at = (more: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(more).map(([key, value]) => [`${PLAN}.${key}`, value]));
const WINDOW = { zone: "America/New_York", from: "01:30", to: "04:30" };
/** Two shifts, and one more step. */
const steps = (more: object) => at({ steps: [{ share: 10, soak: "5m" }, { share: 100, soak: "5m" }, more] });
const SIGN_OFF = { name: "sign-off", approvals: ["release-manager"] };

describe("a step without a share", () => {
  it("watches on, runs hooks or asks people, under a name of its own", () => {
    accepts(steps({ ...SIGN_OFF, checklist: ["Users are happy"] }));
    accepts(steps({ name: "longer", soak: "5m", gates: ["error-rate < 1"] }));
    refuses(steps({ approvals: ["release-manager"] }), `${PLAN}.steps[2].name`, /is required/);
    refuses(steps({ name: "nothing" }), `${PLAN}.steps[2]`, /soak, hooks or approvals/);
    refuses(steps({ ...SIGN_OFF, regions: ["eu-west-1"] }), `${PLAN}.steps[2].regions`, /only with share/);
    refuses(
      steps({ name: "longer", hooks: ["smoke-tests"], gates: ["error-rate < 1"] }),
      `${PLAN}.steps[2].soak`,
      /more than 0s/,
    );
  });

  it("is not the first one, and the last shift still serves everybody", () => {
    refuses({ [`${PLAN}.steps`]: [SIGN_OFF, { share: 100 }] }, `${PLAN}.steps[0].share`, /is required/);
    refuses(
      { [`${PLAN}.steps`]: [{ share: 10, soak: "5m" }, SIGN_OFF] },
      `${PLAN}.steps[0].share`,
      /100, so that the last step serves everybody/,
    );
  });
});

describe("the stages of a rollback window", () => {
  it("do something, fit into it, and have names that no other stage has", () => {
    accepts(at({ watch: [{ name: "first", soak: "30m", gates: ["error-rate < 1"] }, SIGN_OFF] }));
    refuses(at({ watch: [{ name: "first", soak: "2h" }] }), `${PLAN}.rollbackWindow`, /7200s: the stages of .* take/);
    refuses(at({ watch: [{ name: "watch", soak: "5m" }] }), `${PLAN}.watch[0].name`, /a stage that every release has/);
    refuses(at({ watch: [SIGN_OFF, SIGN_OFF] }), `${PLAN}.watch[1].name`, /watch\[0\] has it already/);
    refuses(at({ watch: [{ name: "idle" }] }), `${PLAN}.watch[0]`, /does nothing/);
    refuses(
      at({ watch: [{ name: "a", soak: "5m", gates: ["errors < 1"] }] }),
      `${PLAN}.watch[0].gates[0]`,
      /a name in/,
    );
    refuses(at({ watch: [{ name: "a", approvals: ["pope"] }] }), `${PLAN}.watch[0].approvals[0]`, /rollout\.approvers/);
  });
});

describe("a stage's own interval", () => {
  const watch = (more: object) => at({ watch: [{ name: "a", soak: "30m", gates: ["error-rate-5m < 1"], ...more }] });
  const metric = (window: string) => ({
    "rollout.metrics.error-rate-5m": { source: "prometheus", query: "x", window },
  });

  it("is a multiple of the rollout's, no longer than the soak, and no longer than what a value is about", () => {
    accepts({ ...watch({ interval: "5m" }), ...metric("5m") });
    refuses({ ...watch({ interval: "50s" }), ...metric("5m") }, `${PLAN}.watch[0].interval`, /a multiple of/);
    refuses({ ...watch({ interval: "1h" }), ...metric("2h") }, `${PLAN}.watch[0].interval`, /at most soak \(30m\)/);
    refuses(
      { ...watch({ interval: "10m" }), ...metric("5m") },
      `${PLAN}.watch[0].gates[0]`,
      /a metric over 10m at least: error-rate-5m is about 300s/,
    );
  });
});

describe("a timetable", () => {
  it("has times of stages that there are, in the window, in their order", () => {
    accepts(at({ window: WINDOW, timetable: { deploy: "02:30", "shift-10": "03:00", validate: "03:50" } }));
    refuses(at({ timetable: { deploy: "02:30" } }), `${PLAN}.timetable`, /only with window/);
    refuses(
      at({ window: WINDOW, timetable: { lunch: "02:30" } }),
      `${PLAN}.timetable.lunch`,
      /a stage of the plan: check/,
    );
    refuses(at({ window: WINDOW, timetable: { deploy: "04:30" } }), `${PLAN}.timetable.deploy`, /before 04:30/);
    refuses(
      at({ window: WINDOW, timetable: { deploy: "03:00", smoke: "02:45" } }),
      `${PLAN}.timetable.smoke`,
      /03:00 or later: deploy comes before it/,
    );
  });
});

describe("a maintenance page", () => {
  const users = { "rollout.metrics.sessions": { source: "prometheus", query: "x", users: true } };
  const page = at({ maintenance: { syntheticPerMinute: 600 } });

  it("leaves gates on what users do to the time after it", () => {
    accepts({ ...page, ...users, ...at({ watch: [{ name: "opened", soak: "5m", gates: ["sessions > 9"] }] }) });
    refuses(
      { ...page, ...users, ...at({ "validate.gates": ["sessions > 9"] }) },
      `${PLAN}.validate.gates[0]`,
      /belongs into .*\.watch/,
    );
  });

  it("has hooks of its own, which a plan without it has not", () => {
    accepts({ ...page, ...at({ hooks: { "maintenance-on": ["smoke-tests"] } }) });
    refuses(
      at({ hooks: { "maintenance-on": ["smoke-tests"] } }),
      `${PLAN}.hooks.maintenance-on`,
      /a stage that this plan has/,
    );
  });
});

describe("a trend", () => {
  it("is over a time in which there are samples, and one that its stage can wait for", () => {
    accepts({ "rollout.triggers.errors": { when: "memory trend > 2 per 1h", for: "5m" } });
    refuses(
      { "rollout.triggers.errors": { when: "memory trend > 2 per 5m", for: "5m" } },
      "rollout.triggers.errors.when",
      /600s at least/,
    );
    accepts(at({ "validate.maxSoak": "2h", "validate.gates": ["memory trend < 2 per 1h"] }));
    refuses(
      at({ "validate.gates": ["memory trend < 2 per 1h"] }),
      `${PLAN}.validate.gates[0]`,
      /a maxSoak of 4500s at least/,
    );
    refuses(at({ "before.gates": ["memory trend < 2 per 1h"] }), `${PLAN}.before.gates[0]`, /looked at once/);
    refuses({ "rollout.activeHealthy": "memory trend < 2 per 1h" }, "rollout.activeHealthy", /no trend/);
  });

  it("is written as a limit per time", () => {
    for (const text of ["memory trend > 2", "memory trend > 2 per hour", "memory trend > baseline per 1h"]) {
      refuses({ "rollout.triggers.errors": { when: text, for: "5m" } }, "rollout.triggers.errors.when", /per 1h/);
    }
  });
});

describe("a database that goes back", () => {
  it("asks roles that there are", () => {
    accepts({ "rollout.databaseRevert": { approvals: ["release-manager"] } });
    refuses(
      { "rollout.databaseRevert": { approvals: ["dba"] } },
      "rollout.databaseRevert.approvals[0]",
      /rollout\.approvers/,
    );
  });
});

describe("Datadog as a source", () => {
  const source = { "rollout.sources.datadog": { kind: "datadog" } };
  const metric = (query: string) => ({ "rollout.metrics.sessions": { source: "datadog", query } });

  it("is asked queries that are rolled up over the window, over TLS", () => {
    accepts({ ...source, ...metric("sum:x{color:$color}.as_count().rollup(sum, $window)") });
    refuses({ ...source, ...metric("sum:x{*}") }, "rollout.metrics.sessions.query", /\.rollup\(METHOD, \$window\)/);
    refuses(
      { "rollout.sources.datadog": { kind: "datadog", url: "http://api.datadoghq.com" } },
      "rollout.sources.datadog.url",
      /https/,
    );
  });
});
