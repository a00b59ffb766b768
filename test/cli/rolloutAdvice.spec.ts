import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderJournal, thisHolder } from "../../rollout/journal";
import type { Lease } from "../../rollout/ports";
import { digestOf } from "../../rollout/plan";
import { planned } from "../rollout/support/plans";
import { cutover } from "./command";

const STACK = "the-routers";

describe("a rollout that another controller has", function () {
  this.timeout(120_000);
  const project = mkdtempSync(join(tmpdir(), "cutover-advice-"));
  const place = "the journals";
  const journal = folderJournal(join(project, place), STACK);
  const inbox = join(project, place, STACK, "inbox");
  const run = (...args: string[]) =>
    cutover(["rollout", ...args, "--stack", STACK, "--journal", place], { cwd: project });
  let lease: Lease;

  before(async () => {
    // This process has the lease, as a controller that watches would.
    const plan = planned();
    lease = await journal.acquire(thisHolder("ada"), 600);
    await journal.begin(lease, Date.now(), { type: "started", plan, digest: digestOf(plan), by: "ada", routers: [] });
  });
  after(() => rmSync(project, { recursive: true }));

  it("cannot be taken over while it goes on by itself", async () => {
    const { code, stderr } = await run("resume", "-m", "let me");
    assert.equal(code, 1);
    assert.match(stderr, /in the hands of/);
  });

  it("lets go of a hold: `resume` is asked of that controller", async () => {
    await journal.append(lease, Date.now(), { type: "decided", decision: { kind: "hold", reason: "errors rise" } });
    const silent = await run("resume", "--watch");
    assert.equal(silent.code, 1);
    assert.match(silent.stderr, /holds: errors rise; say why it may go on/);

    const { code, stdout, stderr } = await run("resume", "--watch", "-m", "they fell", "--by", "grace");
    assert.equal(code, 0, stderr);
    assert.equal(stdout, "Asked. The controller that has the lease takes it up within seconds.\n");
    const [name, ...more] = readdirSync(inbox);
    assert.deepEqual(more, []);
    assert.deepEqual(JSON.parse(readFileSync(join(inbox, name!), "utf8")), {
      kind: "resume",
      by: "grace",
      reason: "they fell",
    });
  });

  it("is asked in JSON, too", async () => {
    const { stdout } = await run("resume", "-m", "they fell", "--json");
    assert.deepEqual(JSON.parse(stdout), { asked: "resume", rollout: `${STACK}-1` });
  });

  it("advises commands that can be pasted: on the same journal, and with all that they need", async () => {
    const { stdout } = await run("status");
    for (const command of ["resume", "promote", "abort"]) {
      assert.ok(
        stdout.includes(`  cutover rollout ${command} --stack ${STACK} --journal '${place}' -m "why"\n`),
        stdout,
      );
    }
    assert.ok(stdout.split("\n").every((line) => line.length <= 80));
  });

  for (const command of ["status", "tick", "report", "break-glass"]) {
    it(`${command} says how one begins on the same journal, where there was none`, async () => {
      const { code, stderr } = await cutover(["rollout", command, "--stack", STACK, "--journal", "none"], {
        cwd: project,
      });
      assert.equal(code, 1);
      assert.match(stderr, /has no rollout: `cutover rollout start --stack the-routers --journal none` begins one/);
    });
  }

  it("says that the folder of a rehearsal is not there", async () => {
    const { code, stderr } = await cutover(["rollout", "status", "--stack", STACK, "--rehearsal", "nowhere"], {
      cwd: project,
    });
    assert.equal(code, 2);
    assert.match(stderr, /--rehearsal names nowhere, and there is no such folder: `cutover up --state nowhere/);
  });
});
