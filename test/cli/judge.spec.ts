import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { judge, type JudgeInput } from "../../rollout/judge";
import { metric, normal } from "../rollout/judge/samples";
import { PROJECT } from "../stacks/production";
import { cutover } from "./command";

const longest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

describe("cutover judge", function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "cutover-judge-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  function fileOf(content: unknown): string {
    const file = join(folder, "metrics.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  }

  const healthy = metric(normal(1, 60), normal(2, 60));
  const slower = metric(normal(1, 60, 115), normal(2, 60), { name: "latency-p95", group: "eu-west-1", critical: true });
  const nothing = metric([], [null], { name: "career-selections-of-every-school-in-the-district", group: "eu-west-1" });

  for (const [what, metrics, code] of [
    ["promote is 0", [healthy], 0],
    ["hold is 3", [healthy, nothing], 3],
    ["rollback is 4", [healthy, slower], 4],
  ] as const) {
    it(`ends with the verdict's code: ${what}`, async () => {
      const ran = await cutover(["judge", fileOf({ metrics }), "--json"]);
      assert.equal(ran.stderr, "");
      assert.equal(ran.code, code);
      assert.deepEqual(JSON.parse(ran.stdout), JSON.parse(JSON.stringify(judge({ metrics }))));
    });
  }

  it("prints a table with every reason and the decision, in 80 columns", async () => {
    const { stdout, code } = await cutover(["judge", fileOf({ metrics: [slower, nothing, healthy] })]);
    assert.equal(code, 4);
    assert.ok(longest(stdout) <= 80, `${longest(stdout)} columns`);
    const text = stdout.replace(/\s+/g, " ");
    assert.match(text, /^ metric weight result detector corrected p ✓ latency 1 pass location/);
    assert.match(text, /eu-west-1 ✗ latency-p95 1\* high location 0\.00\d\d median 1\d\d against [\d.]+: 1\d/);
    assert.match(text, /\? career-selections-of-every-school-in-the-district 1 nodata – – the candidate has no value/);
    assert.match(
      text,
      /\* critical: rolls back, or holds, by itself rollback: latency-p95 in eu-west-1: critical, and worse $/,
    );
  });

  it("reads standard input for -", () => {
    const input: JudgeInput = { metrics: [healthy] };
    const { status, stdout } = spawnSync(process.execPath, [join(PROJECT, "bin/cutover.js"), "judge", "-", "--json"], {
      input: JSON.stringify(input),
      encoding: "utf8",
    });
    assert.equal(status, 0);
    assert.equal((JSON.parse(stdout) as { verdict: string }).verdict, "promote");
  });

  for (const [what, content, message] of [
    ["no JSON", "{", /^error: .*metrics\.json is no JSON: /],
    [
      "not what it must be",
      { metrics: [{ ...healthy, worse: "up" }], beta: 1 },
      /^error: .* has 2 errors:\n {2}metrics\[0\]\.worse\n/,
    ],
  ] as const) {
    it(`ends with 2 when the file is ${what}, and says what is wrong`, async () => {
      const { code, stdout, stderr } = await cutover(["judge", fileOf(content)]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
    });
  }

  it("ends with 2 when the file cannot be read, or none is named", async () => {
    const missing = await cutover(["judge", join(folder, "nothing.json")]);
    assert.equal(missing.code, 2);
    assert.match(
      missing.stderr,
      /nothing\.json cannot be read: there is no such file; a JSON file is needed, or - for/,
    );
    assert.match((await cutover(["judge", folder])).stderr, /cannot be read: it is a folder/);
    assert.equal((await cutover(["judge"])).code, 2);
  });
});
