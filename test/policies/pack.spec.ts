import { strict as assert } from "node:assert";
import { checkPlans, type CheckedStack } from "../../policies/check";
import { plansOf } from "../../policies/plans";
import { RULES } from "../../policies/rules";
import { DEFAULT_SETTINGS } from "../../policies/settings";
import { production, PROJECT } from "../stacks/production";
import { type Diagnostic, PackProcess } from "./support/analyzer";
import { draft, recordsOfDrafts, secret, unknown } from "./support/draft";

/** What `cutover check` says about a stack by itself, as the pack says it. */
function checked(stack: CheckedStack): string[] {
  return checkPlans([stack], { today: new Date() })
    .rules.filter(({ rule }) => rule.scope !== "stacks")
    .flatMap(({ rule, findings }) =>
      findings.flatMap(({ urn, verdict, level }) =>
        verdict.outcome === "violated" ? [`${rule.id} ${level} ${urn}: ${verdict.message}`] : [],
      ),
    )
    .sort();
}

function told(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ policy, level, urn, message }) => `${policy} ${level} ${urn}: ${message}`).sort();
}

describe("the policy pack, started as Pulumi starts it", () => {
  const packs: PackProcess[] = [];
  const start = async (config: Record<string, string> = {}) => {
    const pack = await PackProcess.start(config);
    packs.push(pack);
    return pack;
  };

  after(() => packs.forEach((pack) => pack.stop()));

  it("has a policy for every rule of one stack, with its severity, clause and remedy", async () => {
    const { policiesList } = await (await start()).info();
    const expected = RULES.filter(({ scope }) => scope !== "stacks");
    assert.equal(policiesList.length, expected.length);
    for (const { id, title, fix, frameworks } of expected) {
      const policy = policiesList.find(({ name }: { name: string }) => name === id);
      assert.equal(policy.displayname, title);
      assert.equal(policy.remediationSteps, fix);
      assert.deepEqual(
        [policy.framework.name, policy.framework.version, policy.framework.reference],
        Object.values(frameworks[0]),
      );
    }
  });

  it("says of each stack of production what `cutover check` says of it", async () => {
    for (const stack of plansOf((await production()).rehearsal, PROJECT, "production")) {
      const own = { ...stack, settings: { ...stack.settings, waivers: [] } };
      assert.deepEqual(told(await (await start()).analyze(stack.records)), checked(own), stack.stack);
    }
  });

  it("says of a broken program what `cutover check` says of it, and of a second one after it", async () => {
    const pack = await start();
    const broken = recordsOfDrafts([
      draft("aws:s3/bucket:Bucket", {}, { name: "bucket", id: "bucket-1", provider: { region: "us-east-1" } }),
      draft(
        "aws:rds/instance:Instance",
        { password: "hunter2-hunter2" },
        { name: "database", provider: { region: "us-east-1" } },
      ),
    ]);
    const settings = DEFAULT_SETTINGS;
    assert.deepEqual(told(await pack.analyze(broken)), checked({ stack: "test", records: broken, settings }));
    const other = recordsOfDrafts([draft("aws:ebs/volume:Volume", { encrypted: false }, { name: "volume" })]);
    assert.deepEqual(told(await pack.analyze(other)), checked({ stack: "test", records: other, settings }));
  });

  it("knows what is secret, and reports nothing about what is not known yet", async () => {
    const records = recordsOfDrafts([
      draft("aws:elasticache/user:User", { passwords: secret(["hunter2-hunter2"]) }, { name: "user" }),
      draft("aws:ebs/volume:Volume", { encrypted: unknown }, { name: "volume" }),
    ]);
    assert.deepEqual(told(await (await start()).analyze(records)), []);
  });

  it("takes waivers from the config of the stack", async () => {
    const waiver = {
      rule: "ebs-volume-encrypted",
      resource: "*::volume",
      reason: "a scratch disk without data",
      who: "me",
      expires: "2999-01-01",
    };
    const pack = await start({ "cutover:policies": JSON.stringify({ waivers: [waiver] }) });
    const records = recordsOfDrafts([draft("aws:ebs/volume:Volume", { encrypted: false }, { name: "volume" })]);
    assert.deepEqual(told(await pack.analyze(records)), []);
  });

  it("follows the config of the stack, whatever the defaults of its own schema are", async () => {
    const settings = { registries: ["registry.example.com/"], levels: { "ebs-volume-encrypted": "advisory" } };
    const pack = await start({ "cutover:policies": JSON.stringify(settings) });
    await pack.configure();
    const image = `docker.io/app@sha256:${"0".repeat(64)}`;
    const records = recordsOfDrafts([
      draft("aws:ebs/volume:Volume", { encrypted: false }, { name: "volume" }),
      draft("kubernetes:core/v1:Pod", { spec: { containers: [{ name: "app", image }] } }, { name: "pod" }),
    ]);
    const found = await pack.analyze(records);
    const levels = new Map(found.map(({ policy, level }) => [policy, level]));
    assert.equal(levels.get("ebs-volume-encrypted"), "advisory");
    assert.equal(levels.get("pod-image-registry"), "mandatory");
  });

  it("takes the waivers of a rule from `--policy-pack-config`, and says what is wrong with them", async () => {
    const records = recordsOfDrafts([draft("aws:ebs/volume:Volume", { encrypted: false }, { name: "volume" })]);
    const waiver = { resource: "*::volume", reason: "a scratch disk without data", who: "me", expires: "2999-01-01" };
    const pack = await start();
    await pack.configure({ "ebs-volume-encrypted": { waivers: [waiver] } });
    assert.deepEqual(told(await pack.analyze(records)), []);
    await assert.rejects(
      pack.configure({ "ebs-volume-encrypted": { waivers: [{ ...waiver, reason: "because" }] } }),
      /the config of ebs-volume-encrypted is wrong:[^]*a reason that an auditor understands[^]*waivers\[0\]\.reason/,
    );
  });
});
