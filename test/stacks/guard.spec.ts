import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { writeClaim, type Claim } from "../../rollout/journal/claim";
import { FolderShelf } from "../../rollout/journal/shelf";
import { takeOverrides, type Override } from "../../rollout/journal/overrides";
import { conflicts, conflictText, guard } from "../../stacks/guard";

const CLAIM: Claim = {
  rollout: "production-7",
  stack: "production",
  stacks: {
    production: { "traffic.green": 10, active: "blue" },
    "production-application": { "capacity.green": 10, "releases.green": { version: "2.2.0", images: { api: "a" } } },
  },
};
const RESTING = { active: "blue", traffic: { green: 0, regions: {} } };

describe("values that an open rollout owns", () => {
  it("are those of its claim for the stack, and no others", () => {
    assert.deepEqual(conflicts(CLAIM, "production", RESTING), [{ path: "traffic.green", owned: 10, here: 0 }]);
    assert.deepEqual(conflicts(CLAIM, "production", { ...RESTING, traffic: { green: 10 }, routers: {} }), []);
    assert.deepEqual(conflicts(CLAIM, "production-platform", RESTING), []);
  });

  it("are compared whole, whatever the order of their keys", () => {
    const application = (images: Record<string, string>) => ({
      capacity: { green: 10 },
      releases: { green: { images, version: "2.2.0" } },
    });
    assert.deepEqual(conflicts(CLAIM, "production-application", application({ api: "a" })), []);
    const [conflict] = conflicts(CLAIM, "production-application", application({ api: "b" }));
    assert.equal(conflict!.path, "releases.green");
  });

  it("are missed when this run has none there", () => {
    assert.deepEqual(conflicts(CLAIM, "production", { active: "blue" }), [{ path: "traffic.green", owned: 10 }]);
  });

  it("are named with both values, the rollout, and the commands that take them over", () => {
    const text = conflictText(CLAIM, "production", conflicts(CLAIM, "production", RESTING));
    for (const part of [
      "rollout production-7 is open",
      "cutover:traffic.green\n    the rollout has 10; this run has 0",
      "cutover rollout status --stack production",
      "cutover rollout hold --stack production",
      "cutover rollout abort --stack production",
      'CUTOVER_OVERRIDE="',
    ]) {
      assert.ok(text.includes(part), part);
    }
  });
});

describe("the guard against a second owner", () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-guard-"));
    run("production", RESTING, false);
  });

  afterEach(() => fs.rmSync(folder, { recursive: true }));

  /** A run of the program, as far as the guard looks at it. */
  function run(stack: string, config: Record<string, unknown>, preview: boolean): void {
    const nothing = { newResource: () => ({ id: "", state: {} }), call: () => ({}) };
    void pulumi.runtime.setMocks(nothing, "cutover", stack, preview);
    const values = Object.entries(config).map(([key, value]) => [
      `cutover:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    pulumi.runtime.setAllConfig(Object.fromEntries(values) as Record<string, string>);
  }
  const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    CUTOVER_JOURNAL: folder,
    PULUMI_NODEJS_MONITOR: "127.0.0.1:1",
    CUTOVER_BY: "Ada",
    ...more,
  });
  const noted = async () => {
    const overrides: Override[] = [];
    await takeOverrides(new FolderShelf(folder), "production", async (override) => overrides.push(override));
    return overrides;
  };

  it("fails for a run that has other values, without a stack trace", async () => {
    await writeClaim(new FolderShelf(folder), CLAIM);
    await assert.rejects(
      guard(environment()),
      (error) =>
        pulumi.RunError.isInstance(error) &&
        /rollout production-7 is open/.test(error.message) &&
        error.stack === undefined,
    );
  });

  it("lets the controller's own runs, and those of other stacks, pass", async () => {
    await writeClaim(new FolderShelf(folder), CLAIM);
    run("production", { ...RESTING, traffic: { green: 10 } }, false);
    await guard(environment());
    run("production-platform", RESTING, false);
    await guard(environment());
  });

  it("is not there when no rollout is open", async () => {
    await guard(environment());
    await guard(environment({ CUTOVER_JOURNAL: path.join(folder, "nowhere") }));
  });

  it("only warns a preview, and is no matter of a rehearsal", async () => {
    await writeClaim(new FolderShelf(folder), CLAIM);
    await guard(environment({ PULUMI_NODEJS_MONITOR: undefined }));
    run("production", RESTING, true);
    await guard(environment());
  });

  it("fails for a claim that cannot be read: it may own anything", async () => {
    await writeClaim(new FolderShelf(folder), CLAIM);
    fs.writeFileSync(path.join(folder, "production", "claim.json"), "{");
    await assert.rejects(guard(environment()), /is damaged, or of another version/);
  });

  it("is overridden with a reason, which the journal is told", async () => {
    await writeClaim(new FolderShelf(folder), CLAIM);
    await assert.rejects(guard(environment({ CUTOVER_OVERRIDE: "because" })), /3 words at least must say why/);
    assert.deepEqual(await noted(), []);
    await guard(environment({ CUTOVER_OVERRIDE: "the canary burns" }));
    const [{ at, ...override }] = (await noted()) as [Override];
    assert.ok(at > 0);
    assert.deepEqual(override, {
      by: "Ada",
      reason: "the canary burns",
      stack: "production",
      patch: { "traffic.green": 0 },
    });
    run("production", RESTING, true);
    await guard(environment({ CUTOVER_OVERRIDE: "the canary burns" }));
    assert.deepEqual(await noted(), [], "a preview overrides nothing");
  });
});
