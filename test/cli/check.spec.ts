import { strict as assert } from "node:assert";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { draft, encrypted, recordsOfDrafts } from "../policies/support/draft";
import { cutover } from "./command";

/** A state as `pulumi stack export` writes it. */
function state(inputs: Record<string, any>): string {
  const resources = recordsOfDrafts([draft("aws:rds/instance:Instance", inputs, { name: "database" })]);
  return JSON.stringify({ version: 3, deployment: { resources: resources.map((one) => ({ custom: true, ...one })) } });
}

describe("cutover check --state", () => {
  const directory = mkdtempSync(join(tmpdir(), "cutover-check-"));
  const file = join(directory, "state.json");

  after(() => rmSync(directory, { recursive: true, force: true }));

  it("prints one JSON object, and ends with 1 for a violation at the mandatory level", async () => {
    writeFileSync(file, state({ storageEncrypted: false, password: encrypted() }));
    const { code, stdout } = await cutover(["check", "--state", file, "--json"]);
    assert.equal(code, 1);
    const report = JSON.parse(stdout);
    assert.deepEqual(Object.keys(report), ["violations", "passed", "waived", "notEvaluable"]);
    const violation = report.violations.find(({ rule }: { rule: string }) => rule === "rds-storage-encrypted");
    assert.equal(violation.severity, "critical");
    assert.match(violation.urn, /::database$/);
    assert.ok(report.passed.some(({ rule }: { rule: string }) => rule === "secret-values-marked"));
  });

  it("checks only the framework that is asked for, and writes SARIF and the evidence", async () => {
    writeFileSync(file, state({ storageEncrypted: false }));
    const [sarif, report] = [join(directory, "out.sarif"), join(directory, "report.html")];
    await cutover(["check", "--state", file, "--framework", "soc2", "--sarif", sarif, "--report", report]);
    const { runs } = JSON.parse(readFileSync(sarif, "utf8"));
    assert.ok(
      runs[0].tool.driver.rules.every((rule: any) =>
        rule.properties.tags.slice(1).every((tag: string) => tag.startsWith("SOC 2")),
      ),
    );
    assert.ok(readFileSync(report, "utf8").startsWith("<!doctype html>"));
  });

  it("judges versions for the day that is asked for", async () => {
    writeFileSync(file, state({ engine: "postgres", engineVersion: "15.18" }));
    const ids = async (day: string) =>
      JSON.parse((await cutover(["check", "--state", file, "--date", day, "--json"])).stdout).violations.map(
        (one: any) => one.rule,
      );
    assert.ok(!(await ids("2028-02-29")).includes("rds-supported-version"));
    assert.ok((await ids("2028-03-01")).includes("rds-supported-version"));
  });

  it("says what is wrong with its arguments, and ends with 2", async () => {
    for (const [args, text] of [
      [["check"], /--stack NAME, or --state FILE/],
      [["check", "--state", file, "--stack", "production"], /cannot be used with/],
      [
        ["check", "--state", file, "--framework", "HIPAA"],
        /FERPA, COPPA, GDPR, SOC 2, ISO 27001 are known; got "HIPAA"/,
      ],
      [["check", "--state", file, "--date", "2026-13-40"], /a day such as 2027-03-31/],
    ] as const) {
      const { code, stderr } = await cutover(args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, text);
    }
  });

  it("refuses what is no state", async () => {
    writeFileSync(file, '{"version":3}');
    const { code, stderr } = await cutover(["check", "--state", file]);
    assert.equal(code, 1);
    assert.match(stderr, /holds no state of a stack/);
  });
});
