import { strict as assert } from "node:assert";
import { checkPlans, fails, isViolation, statusOf, unknownRules, type CheckedStack } from "../../policies/check";
import { htmlReport } from "../../policies/report/html";
import { jsonReport } from "../../policies/report/json";
import { sarifReport } from "../../policies/report/sarif";
import { DEFAULT_SETTINGS, type Settings } from "../../policies/settings";
import { draft, recordsOfDrafts } from "./support/draft";

const WAIVER = {
  rule: "ebs-volume-encrypted",
  resource: "*::scratch",
  reason: "a scratch disk, without data",
  who: "<script>alert(1)</script>",
  expires: "2026-12-31",
};

function stack(settings: Partial<Settings> = {}, encrypted = false): CheckedStack {
  const records = recordsOfDrafts([draft("aws:ebs/volume:Volume", { encrypted }, { name: "scratch" })]);
  return { stack: "test", records, settings: { ...DEFAULT_SETTINGS, ...settings } };
}

function check(settings: Partial<Settings> = {}, options: { day?: string; frameworks?: string[] } = {}) {
  const { day = "2026-11-21", frameworks } = options;
  return checkPlans([stack(settings)], { today: new Date(day), ...(frameworks && { frameworks }) });
}

function violated(result: ReturnType<typeof check>): string[] {
  return result.rules.filter(({ findings }) => findings.some(isViolation)).map(({ rule }) => rule.id);
}

describe("a check", () => {
  it("fails with a violation at the mandatory level", () => {
    const result = check();
    assert.deepEqual(violated(result), ["ebs-volume-encrypted"]);
    assert.equal(fails(result), true);
  });

  it("reports a violation of a rule that config makes advisory, and does not fail", () => {
    const result = check({ levels: { "ebs-volume-encrypted": "advisory" } });
    assert.deepEqual(violated(result), ["ebs-volume-encrypted"]);
    assert.equal(fails(result), false);
  });

  it("leaves a disabled rule out", () => {
    assert.deepEqual(violated(check({ levels: { "ebs-volume-encrypted": "disabled" } })), []);
  });

  it("accepts a waived violation until its last day, and not the day after", () => {
    const waived = check({ waivers: [WAIVER] }, { day: "2026-12-31" });
    assert.deepEqual(violated(waived), []);
    assert.equal(statusOf(waived.rules.find(({ rule }) => rule.id === WAIVER.rule)!), "waived");
    assert.deepEqual(violated(check({ waivers: [WAIVER] }, { day: "2027-01-01" })), [
      "ebs-volume-encrypted",
      "waivers-in-order",
    ]);
  });

  it("names waivers that nothing needs, and rules that do not exist", () => {
    const waivers = [{ ...WAIVER, resource: "*::other" }];
    assert.deepEqual(check({ waivers }).unusedWaivers, waivers);
    const settings = {
      ...DEFAULT_SETTINGS,
      waivers: [{ ...WAIVER, rule: "no-such" }],
      levels: { "nor-this": "advisory" as const },
    };
    assert.deepEqual(unknownRules(settings), ["no-such", "nor-this"]);
  });

  it("runs a rule as long as one of its frameworks applies", () => {
    const none = { FERPA: false, COPPA: false, GDPR: false, "SOC 2": false, "ISO 27001": false };
    assert.deepEqual(violated(check({ frameworks: { ...none, GDPR: true } })), ["ebs-volume-encrypted"]);
    assert.deepEqual(violated(check({ frameworks: none })), []);
  });

  it("checks one framework, and cites no other", () => {
    const { violations, notEvaluable } = jsonReport(check({}, { frameworks: ["COPPA"] }));
    assert.deepEqual(violations[0]!.frameworks, [{ name: "COPPA", version: "2025", clause: "312.8(a)" }]);
    assert.ok(notEvaluable.every(({ frameworks }) => frameworks.every(({ name }) => name === "COPPA")));
  });
});

describe("the reports of a check", () => {
  it("as JSON: one violation for each rule and resource, and three lists of rules", () => {
    const report = jsonReport(check());
    assert.deepEqual(Object.keys(report), ["violations", "passed", "waived", "notEvaluable"]);
    assert.deepEqual(Object.keys(report.violations[0]!), ["rule", "urn", "severity", "frameworks", "message"]);
    assert.ok(report.notEvaluable.some(({ rule }) => rule === "coppa-consent"));
    assert.deepEqual(
      jsonReport(check({ waivers: [WAIVER] })).waived.map(({ rule }) => rule),
      ["ebs-volume-encrypted"],
    );
  });

  it("as SARIF: a result for each, in the file of the stack, suppressed when waived", () => {
    const run = (settings: Partial<Settings>) =>
      (sarifReport(check(settings), (name) => `Pulumi.${name}.yaml`) as any).runs[0];
    const [result] = run({}).results;
    assert.equal(result.level, "error");
    assert.equal(result.locations[0].physicalLocation.artifactLocation.uri, "Pulumi.test.yaml");
    assert.equal(run({}).tool.driver.rules[result.ruleIndex].id, "ebs-volume-encrypted");
    assert.match(run({ waivers: [WAIVER] }).results[0].suppressions[0].justification, /scratch disk/);
  });

  it("as HTML: nothing from outside, every text escaped", () => {
    const html = htmlReport(check({ waivers: [WAIVER] }));
    assert.ok(html.includes("&lt;script&gt;"));
    assert.ok(!html.includes("<script"));
    assert.ok(!/(src|href)="(?!#|https:\/\/(www\.|eur-lex))/.test(html));
    assert.match(html, /<html lang="en">/);
  });
});
