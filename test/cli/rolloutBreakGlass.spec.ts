import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { routerRecords } from "../../rollout/breakGlass";
import { folderJournal, thisHolder } from "../../rollout/journal";
import { digestOf } from "../../rollout/plan";
import { planned } from "../rollout/support/plans";
import { weighted } from "../rollout/rules";
import { cutover } from "./command";

const STACK = "the-routers";

describe("cutover rollout break-glass, with a damaged journal", function () {
  this.timeout(120_000);
  const project = mkdtempSync(join(tmpdir(), "cutover-glass-"));
  const file = join(project, "kept", STACK, "rollout-0001.jsonl");
  const glass = (...args: string[]) =>
    cutover(["rollout", "break-glass", "--stack", STACK, "--journal", "kept", ...args], { cwd: project });
  let good: string;
  let script: string;

  before(async () => {
    const journal = folderJournal(join(project, "kept"), STACK);
    const lease = await journal.acquire(thisHolder("ada"), 600);
    const routers = routerRecords([weighted("us-east-1", "web", 90, 10), weighted("eu-west-1", "web", 90, 10)]);
    const plan = planned();
    await journal.begin(lease, 1, { type: "started", plan, digest: digestOf(plan), by: "ada", routers });
    await journal.append(lease, 2, { type: "stage-begun", stage: "shift-10", attempt: 1 });
    await journal.release(lease);
    good = readFileSync(file, "utf8");
    const { stdout, stderr } = await glass();
    assert.equal(stderr, "");
    script = stdout;
  });
  after(() => rmSync(project, { recursive: true }));

  it("ends with commands on the same journal", () => {
    assert.equal(script.match(/^aws elbv2 modify-rule/gm)?.length, 2);
    assert.match(script, /^cutover rollout abort --stack the-routers --journal kept -m 'break-glass/m);
  });

  for (const [what, damage] of [
    ["a later record", (text: string) => text.replace('"stage":"shift-10"', '"stage":"shift-11"')],
    ["its first line", (text: string) => text.replace('"cutoverJournal":1', '"cutoverJournal":7')],
    ["each line's end", (text: string) => text.replaceAll("\n", "\r\n")],
  ] as const) {
    it(`prints the same script when ${what} was changed, and warns`, async () => {
      const bad = damage(good);
      assert.notEqual(bad, good);
      writeFileSync(file, bad);
      const { code, stdout, stderr } = await glass();
      assert.equal(code, 0, stderr);
      assert.equal(stdout, script);
      assert.match(stderr, /^warning: the journal .*first record of rollout the-routers-1, which is whole/);
      assert.match(stderr, /`cutover rollout verify --stack the-routers --journal kept` says more/);
    });
  }

  it("trusts no first record that was changed: it says how the routers are found without it", async () => {
    writeFileSync(file, good.replace("us-east-1", "us-east-2"));
    const { code, stdout, stderr } = await glass();
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /the journal of rollout the-routers-1 is damaged \(record 1\)/);
    assert.match(stderr, /`pulumi stack export --stack the-routers`.*`aws elbv2 describe-rules/);
  });
});
