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
      [["check", "--state", file, "--date", "2026-02-31"], /a day such as 2027-03-31 is needed; got "2026-02-31"/],
    ] as const) {
      const { code, stderr } = await cutover(args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, text);
    }
  });

  it("refuses to write where it cannot, before it looks at anything", async () => {
    for (const option of ["--sarif", "--report"]) {
      const { code, stderr } = await cutover(["check", "--state", "absent", option, join(directory, "no", "file")]);
      assert.equal(code, 2);
      assert.match(stderr, /cannot write .*name a file in a folder that is there/);
    }
  });

  it("ends with 2 for what is no state", async () => {
    writeFileSync(file, '{"version":3}');
    const { code, stderr } = await cutover(["check", "--state", file]);
    assert.equal(code, 2);
    assert.match(stderr, /holds no state of a stack/);
  });

  it("takes the state of an empty stack, and says that nothing was checked", async () => {
    writeFileSync(file, JSON.stringify({ version: 3, deployment: { manifest: { version: "v3.248.0" } } }));
    const { code, stdout } = await cutover(["check", "--state", file]);
    assert.equal(code, 0);
    assert.match(stdout, /^nothing was checked/m);
    assert.doesNotMatch(stdout, /0 violations/);
  });

  it("lets nothing of a foreign state steer the terminal, and keeps to 80 columns", async () => {
    const content = state({ storageEncrypted: false }).replaceAll("::database", "::data\\u001b[2J\\u009b\\u202ebase");
    writeFileSync(file, content);
    const { stdout } = await cutover(["check", "--state", file]);
    assert.match(stdout, /data\[2Jbase/);
    assert.doesNotMatch(stdout.replaceAll("\n", ""), /[\p{Cc}\u202e]/u);
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.length > 80),
      [],
    );
  });
});
