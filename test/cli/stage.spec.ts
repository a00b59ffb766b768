import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OPS, type Plan } from "../../rollout/engine";
import { nameOf, production } from "../stacks/production";
import { cutover, type Ran } from "./command";

const RULE = "aws:lb/listenerRule:ListenerRule";
const ESCAPE = /\u001b\[/;

/** Every file below a folder, with its bytes. */
function contents(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "base64")]),
  );
}

function json<T>({ stdout, stderr, code }: Ran): T {
  assert.equal(code, 0, stderr);
  assert.equal(stderr, "");
  assert.equal(stdout.trimEnd().split("\n").length, 1, "one object, on one line");
  return JSON.parse(stdout) as T;
}

describe("a stage by the command", function () {
  this.timeout(300_000);
  let state: string;
  const run = (name: string, ...args: string[]) => cutover([name, "--stack", "production", "--state", state, ...args]);

  before(async () => {
    state = mkdtempSync(join(tmpdir(), "cutover-state-"));
    cpSync((await production()).directory, state, { recursive: true });
  });
  after(() => rmSync(state, { recursive: true }));

  it("preview --json is one object: stack, all steps, summary, outputs", async () => {
    const before = contents(state);
    const plan = json<Plan>(await run("preview", "--set", "traffic.green=37", "--json"));
    assert.deepEqual(contents(state), before, "a preview writes nothing");
    assert.deepEqual(Object.keys(plan).sort(), ["outputs", "stack", "steps", "summary"]);
    assert.equal(plan.stack, "production");
    assert.deepEqual(plan.summary, { update: 18, read: 2, same: plan.steps.length - 20 });
    assert.equal((plan.outputs["traffic"] as any).regions["eu-west-1"].weights.green, 37);
    const urns = new Set(plan.steps.map(({ urn }) => urn));
    assert.equal(urns.size, plan.steps.length);
    for (const step of plan.steps) {
      assert.ok(OPS.includes(step.op), step.op);
      assert.match(step.urn, /^urn:pulumi:production::cutover::/);
      assert.ok(step.urn.split("::")[2]!.split("$").at(-1) === step.type, step.urn);
      assert.equal(typeof step.inputs, "object");
      assert.ok(Array.isArray(step.diff));
      assert.deepEqual(Object.keys(step.detailedDiff), step.diff);
      assert.equal(step.diff.length > 0, step.op === "update", step.urn);
      assert.ok(step.type === "pulumi:pulumi:Stack" ? step.parent === undefined : urns.has(step.parent!), step.urn);
      if (step.type.startsWith("aws:")) {
        assert.match(
          step.provider!,
          /^urn:pulumi:production::cutover::pulumi:providers:aws::aws-[a-z0-9-]+::[0-9a-f-]{36}$/,
        );
      }
    }
    const rule = plan.steps.find(({ urn, type }) => type === RULE && nameOf(urn).startsWith("router-eu-west-1-api"))!;
    assert.ok((rule.inputs as any).actions !== undefined);
  });

  it("up changes the routers and shows each with its weights, in plain lines of 80 columns", async () => {
    const { code, stdout, stderr } = await run("up", "--set", "traffic.green=10");
    assert.equal(code, 0, stderr);
    assert.equal(stderr, "");
    assert.doesNotMatch(stdout, ESCAPE);
    assert.ok(!stdout.includes("\r"));
    assert.match(stdout, /^Update of production/);
    assert.equal(stdout.match(/: 100 → 90$/gm)?.length, 18);
    assert.equal(stdout.match(/: 0 → 10$/gm)?.length, 18);
    assert.equal(stdout.match(/^~ .*aws:lb:ListenerRule$/gm)?.length, 18);
    assert.doesNotMatch(stdout, /^(\+|-|\+-) /m);
    assert.match(stdout, /^ {2}eu-west-1 +90 % blue +10 % green$/m);
    assert.match(stdout, /^production: 18 updated, 2 read, \d+ unchanged$/m);
    for (const line of stdout.split("\n")) {
      assert.ok(line.length <= 80, line);
    }
  });

  it("the same values again change nothing, and a region held back changes that region only", async () => {
    const again = await run("up", "--set", "traffic.green=10");
    assert.equal(again.code, 0);
    assert.match(again.stdout, /^No changes\.$/m);
    const plan = json<Plan>(
      await run("up", "--set", "traffic.green=10", "--set", "traffic.regions.eu-west-1=0", "--json"),
    );
    const changed = plan.steps.filter(({ op }) => op === "update").map(({ urn }) => nameOf(urn));
    assert.equal(changed.length, 3);
    assert.ok(changed.every((name) => name.startsWith("router-eu-west-1-")));
    const outputs = json<any>({
      ...(await run("outputs")),
      stdout: JSON.stringify(JSON.parse((await run("outputs")).stdout)),
    });
    assert.deepEqual(outputs.traffic.regions["eu-west-1"].weights, { blue: 100, green: 0 });
    assert.deepEqual(outputs.traffic.regions["us-east-1"].weights, { blue: 90, green: 10 });
  });

  it("is refused with 2 and all its errors when the config is wrong, and leaves every byte of the state", async () => {
    const before = contents(state);
    const { code, stdout, stderr } = await run(
      "up",
      ...[
        "traffic.green=0.05",
        "traffic.gren=1",
        "trafic=1",
        "traffic.regions.MARS=5",
        "routers.stickinessSeconds=600",
      ].flatMap((one) => ["--set", one]),
    );
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^error: the config of stack production has 5 errors:\n/);
    for (const path of [
      "traffic.green",
      "traffic.gren",
      "trafic",
      "traffic.regions.MARS",
      "routers.stickinessSeconds",
    ]) {
      assert.ok(stderr.includes(`  cutover:${path}\n`), path);
    }
    assert.equal(stderr.match(/; got /g)?.length, 5);
    assert.equal(stderr.match(/^ {4}fix: pulumi config (set|rm) --stack production --path 'cutover:/gm)?.length, 5);
    assert.deepEqual(contents(state), before);
  });

  it("is refused with 2 for a region that the platform's stack does not have", async () => {
    const before = contents(state);
    const { code, stderr } = await run("up", "--set", "traffic.regions.sa-east-1=5");
    assert.equal(code, 2);
    assert.match(
      stderr,
      /cutover:traffic\.regions\.sa-east-1\n {4}unknown key; allowed: ap-southeast-1, .*, us-west-2; got 5/,
    );
    assert.deepEqual(contents(state), before);
  });

  it("is limited to its targets", async () => {
    const { directory } = await production();
    const urns = JSON.parse(readFileSync(join(directory, "production.json"), "utf8")).deployment.resources.map(
      ({ urn }: any) => urn as string,
    );
    const target = urns.find((urn: string) => urn.includes(RULE) && nameOf(urn) === "router-us-west-2-web")!;
    const plan = json<Plan>(await run("preview", "--set", "traffic.green=50", "--target", target, "--json"));
    assert.deepEqual(
      plan.steps.filter(({ op }) => op === "update").map(({ urn }) => urn),
      [target],
    );
    const unknown = await run("preview", "--target", "urn:nope");
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /'urn:nope' could not be found/);
  });

  it("is colored on demand, and NO_COLOR turns colors off again", async () => {
    const preview = ["preview", "--stack", "production", "--state", state, "--set", "traffic.green=20"];
    const colored = await cutover(preview, { env: { FORCE_COLOR: "1" } });
    assert.match(colored.stdout, ESCAPE);
    const plain = await cutover(preview, { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
    assert.doesNotMatch(plain.stdout, ESCAPE);
    assert.equal(colored.stdout.replaceAll(/\u001b\[\d+m/g, ""), plain.stdout);
  });

  it("converges after a kill between the two writes of an up: the world is there, the state is not", async () => {
    const killed = mkdtempSync(join(tmpdir(), "cutover-killed-"));
    cpSync(state, killed, { recursive: true });
    rmSync(join(killed, "production.json"));
    writeFileSync(join(killed, ".production.pending"), "");
    const again = await cutover(["up", "--stack", "production", "--state", killed]);
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stdout, /^production: \d+ created, 2 read$/m);
    assert.ok(!readdirSync(killed).includes(".production.pending"));
    rmSync(killed, { recursive: true });
  });

  it("is exported for Pulumi only under a passphrase, and marked as invented", async () => {
    for (const env of [undefined, { PULUMI_CONFIG_PASSPHRASE: "" }]) {
      const refused = await cutover(["export", "--stack", "production", "--state", state], env && { env });
      assert.equal(refused.code, 1);
      assert.equal(refused.stdout, "");
      assert.match(refused.stderr, /PULUMI_CONFIG_PASSPHRASE is not set.*cutover export --stack production --state /);
    }
    const given = await cutover(["export", "--stack", "production", "--state", state], {
      env: { PULUMI_CONFIG_PASSPHRASE: "correct horse" },
    });
    assert.equal(given.code, 0, given.stderr);
    const file = JSON.parse(given.stdout);
    assert.equal(file.version, 3);
    assert.equal(file.deployment.secrets_providers.type, "passphrase");
    const root = file.deployment.resources.find(({ type }: any) => type === "pulumi:pulumi:Stack");
    assert.match(root.outputs.invented, /nothing in here exists in a cloud/);
  });

  it("cannot destroy what is protected: it ends with 1 and changes nothing", async () => {
    const before = contents(state);
    const { code, stderr } = await cutover(["destroy", "--stack", "production-platform", "--state", state]);
    assert.equal(code, 1);
    assert.match(stderr, /cannot be deleted\nbecause it is protected/);
    assert.deepEqual(contents(state), before);
  });

  it("can destroy the routers, which keep nothing", async () => {
    const plan = json<Plan>(await run("destroy", "--json"));
    assert.equal(plan.summary.delete, plan.steps.length);
    assert.ok(plan.steps.some(({ type }) => type === RULE));
  });
});
