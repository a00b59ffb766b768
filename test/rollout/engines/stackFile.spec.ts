import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { readConfig, readProject } from "../../../pulumi/projectConfig";
import { ConfigError, type Json } from "../../../rollout/engine";
import { withStackFile } from "../../../rollout/engines/stackFile";

const STACK = `encryptionsalt: v1:salt
# Resting state.
config:
  aws:region: us-east-1
  cutover:active: blue
  cutover:answer: on # quoted by nobody
  cutover:token:
    secure: v1:abc
  cutover:traffic:
    green: 0 # percent
    regions: {}
`;

describe("config that is laid over a stack's file", () => {
  let project: string;

  before(() => {
    project = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-stack-file-"));
    fs.writeFileSync(
      path.join(project, "Pulumi.yaml"),
      "name: cutover\nconfig:\n  cutover:layers: { default: [traffic] }\n",
    );
    fs.writeFileSync(path.join(project, "Pulumi.dev.yaml"), STACK);
  });

  after(() => fs.rmSync(project, { recursive: true }));

  const laid = (set: Record<string, Json>) =>
    withStackFile(project, "dev", set, async (file) =>
      file === undefined ? undefined : fs.readFileSync(file, "utf8"),
    );

  it("is a copy that is gone afterwards, and leaves the file alone", async () => {
    let copy: string | undefined;
    await withStackFile(project, "dev", { "traffic.green": 10 }, async (file) => {
      copy = file;
      assert.equal(fs.statSync(file!).mode & 0o077, 0, "nobody else reads it");
    });
    assert.equal(fs.existsSync(path.dirname(copy!)), false);
    assert.equal(fs.readFileSync(path.join(project, "Pulumi.dev.yaml"), "utf8"), STACK);
  });

  it("is gone also when what was to be done failed", async () => {
    let copy: string | undefined;
    const failing = withStackFile(project, "dev", { "traffic.green": 10 }, (file) => {
      copy = file;
      return Promise.reject(new Error("failed"));
    });
    await assert.rejects(failing, /failed/);
    assert.equal(fs.existsSync(copy!), false);
  });

  it("is no file at all when nothing is laid over", async () => {
    assert.equal(await laid({}), undefined);
  });

  it("keeps everything else as it stands there, also what needs the salt", async () => {
    const text = await laid({ "traffic.green": 10 });
    for (const line of STACK.split("\n").slice(0, 8)) {
      assert.ok(text!.includes(line), line);
    }
  });

  it("lays over defaults of the project, too, and quotes texts that read like something else", async () => {
    const { config } = parse((await laid({ "layers[1]": "edge", active: "on", "traffic.regions.eu-west-1": 5 }))!) as {
      config: Record<string, Json>;
    };
    assert.deepEqual(config["cutover:layers"], ["traffic", "edge"]);
    assert.deepEqual(config["cutover:traffic"], { green: 0, regions: { "eu-west-1": 5 } });
    assert.match((await laid({ active: "on" }))!, /cutover:active: "on"/);
  });

  it("takes the place of a key that stands there without its namespace", async () => {
    fs.writeFileSync(path.join(project, "Pulumi.short.yaml"), "config:\n  active: blue\n");
    await withStackFile(project, "short", { active: "green" }, async (file) => {
      assert.deepEqual(parse(fs.readFileSync(file!, "utf8")), { config: { "cutover:active": "green" } });
    });
    fs.rmSync(path.join(project, "Pulumi.short.yaml"));
  });

  it("fails when a path cannot be followed, or the stack has no file", async () => {
    await assert.rejects(laid({ "active.color": "green" }), ConfigError);
    await assert.rejects(
      withStackFile(project, "other", { active: "green" }, async () => undefined),
      /unknown stack "other"/,
    );
  });

  it("gives Pulumi the same config as the rehearsal has", async () => {
    const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null) as fc.Arbitrary<Json>;
    const place = fc.constantFrom(
      "active",
      "traffic",
      "traffic.green",
      "traffic.regions.eu-west-1",
      'traffic["x.y"]',
      "fresh",
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(place, json, { maxKeys: 3 }), async (set) => {
        const outcome = await laid(set).catch((error: unknown) => (error as Error).message);
        let expected: unknown;
        try {
          expected = readConfig(readProject(project), "dev", set).values;
        } catch (error) {
          assert.equal(outcome, (error as Error).message);
          return;
        }
        fs.writeFileSync(path.join(project, "Pulumi.copy.yaml"), outcome ?? STACK);
        assert.deepEqual(readConfig(readProject(project), "copy").values, expected);
      }),
      { numRuns: 60 },
    );
  });
});
