import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { cutover } from "./command";
import { smallProject } from "./smallProject";

/** A plan of seconds: two watched shifts, one approval. */
const QUICK = {
  strategy: "blue-green",
  before: { checklist: ["Tests passed"], approvals: ["release-manager"] },
  steps: [{ share: 25, soak: "2s", maxSoak: "5m", gates: ["error-rate < 5"] }, { share: 100 }],
  validate: { soak: "2s", maxSoak: "5m", gates: ["error-rate < 5"] },
  rollbackWindow: "2s",
  triggers: ["errors"],
};

describe("the commands of a rollout, on stand-in clouds", function () {
  this.timeout(600_000);
  let project: string;
  const run = (...args: string[]) =>
    cutover(["rollout", ...args, "--stack", "small", "--rehearsal", "work"], { cwd: project });
  const json = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(...args, "--json");
    return { code, stderr, value: (stdout === "" ? {} : JSON.parse(stdout)) as Record<string, unknown> };
  };

  before(async () => {
    project = smallProject();
    const file = join(project, "Pulumi.small.yaml");
    const stack = parse(readFileSync(file, "utf8")) as { config: Record<string, Record<string, unknown>> };
    Object.assign(stack.config["cutover:rollout"]!, {
      plan: "quick",
      plans: { quick: QUICK },
      databaseChange: false,
      interval: "1s",
      triggers: { errors: { when: "error-rate > 5", for: "4s" } },
      approvers: { "release-manager": ["grace"] },
    });
    writeFileSync(file, stringify(stack));
    const { code, stderr } = await cutover(["up", "--stack", "small", "--state", "work", "--json"], { cwd: project });
    assert.equal(code, 0, stderr);
  });
  after(() => rmSync(project, { recursive: true }));

  it("show a plan before anything is begun, and say that nothing was", async () => {
    const { code, stdout, stderr } = await run("plan");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /plan quick: from blue to green/);
    assert.match(stdout, /shift-25 +25 % +2s/);
    assert.ok(stdout.split("\n").every((line) => line.length <= 100));
    const status = await run("status");
    assert.equal(status.code, 1);
    assert.match(status.stderr, /has no rollout: `cutover rollout start --stack small --rehearsal work`/);
  });

  it("begin, wait for approval, promote, and end with 0; the journal verifies", async () => {
    const started = await json("start", "--by", "ada");
    assert.equal(started.code, 0, started.stderr);
    assert.equal(started.value["stage"], "go-no-go");
    const digest = String(started.value["digest"]);

    const again = await run("start", "--by", "ada");
    assert.equal(again.code, 1);
    assert.match(again.stderr, /rollout small-1 of .* is open/);
    const own = await run("approve", "--role", "release-manager", "--digest", digest, "--by", "ada");
    assert.match(
      own.stderr,
      /ada may not approve as release-manager; allowed: grace.*; --by or CUTOVER_BY says who you are/,
    );
    const other = await run("approve", "--role", "release-manager", "--digest", "0".repeat(64), "--by", "grace");
    assert.match(other.stderr, /the approval names plan 0+, and rollout small-1 follows/);

    const approved = await run("approve", "--role", "release-manager", "--digest", digest, "--by", "grace");
    assert.equal(approved.code, 0, approved.stderr);
    const ended = await json("resume", "--watch");
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal(ended.value["outcome"], "promoted");
    assert.deepEqual(ended.value["shares"], { "us-east-1": 100, "us-west-2": 100 });

    const verified = await run("verify", "--head", String(ended.value["head"]));
    assert.equal(verified.code, 0, verified.stdout + verified.stderr);
    const foreign = await run("verify", "--head", "f".repeat(64));
    assert.equal(foreign.code, 1);
    assert.match(foreign.stdout, /is not in it/);
  });

  it("abort: everybody back, exit code 4; history and break-glass tell", async () => {
    // Green was promoted, and config still says that blue serves: another rollout begins once that is so.
    const early = await json("start", "--by", "ada");
    assert.match(early.stderr, /green has requests already/);
    const { code, stderr } = await cutover(["up", "--stack", "small", "--state", "work", "--json"], { cwd: project });
    assert.equal(code, 0, stderr);
    const started = await json("start", "--by", "ada");
    assert.equal(started.code, 0, started.stderr);
    await run("approve", "--role", "release-manager", "--digest", String(started.value["digest"]), "--by", "grace");
    const unknown = await run("signal", "moon", "-m", "it is full");
    assert.match(unknown.stderr, /knows no signal "moon"; allowed: /);
    const aborted = await json("abort", "-m", "pupils cannot log in", "--by", "ada");
    assert.equal(aborted.code, 4, aborted.stderr);
    assert.equal(aborted.value["outcome"], "rolled-back");
    assert.match(String(aborted.value["reason"]), /aborted by ada: pupils cannot log in/);
    const late = await run("hold", "-m", "too late");
    assert.equal(late.code, 1);
    assert.match(late.stderr, /has ended rolled-back/);

    const history = await json("history");
    assert.deepEqual(
      (history.value["rollouts"] as { outcome: string }[]).map(({ outcome }) => outcome),
      ["promoted", "rolled-back"],
    );
    const glass = await run("break-glass");
    assert.equal(glass.code, 0, glass.stderr);
    assert.equal(glass.stdout.match(/aws elbv2 modify-rule/g)?.length, 6);
  });
});
