import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import * as fc from "fast-check";

import { writeAtomically, WRITE_POINTS } from "../../files/atomicFile";
import { decodeDeployment, encodeDeployment, manifest, type Resource } from "../../rehearsal/engine/deployment";
import { keyCrypter, newKey } from "../../rehearsal/engine/secrets";
import { SECRET, SIGNATURE, type Value } from "../../pulumi/values";
import { inOrder, project, temporaryDirectory, Theater, Thing, told } from "./support/stage";

const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 3, noNullPrototype: true },
    ),
    fc.oneof(fc.string(), fc.array(fc.integer())).map((value) => ({ [SIGNATURE]: SECRET, value })),
  ),
}));

describe("rehearsal: state", () => {
  it("is Pulumi's deployment, version 3", async () => {
    const state = temporaryDirectory();
    await new Theater({ state }).up(() => ({ arn: new Thing("a", { size: 1 }, { protect: true }).arn }));
    const { version, deployment } = JSON.parse(fs.readFileSync(path.join(state, "dev.json"), "utf8"));
    assert.equal(version, 3);
    assert.match(deployment.manifest.version, /^v3\./);
    assert.deepEqual(
      deployment.resources.map((resource: Resource) => resource.type),
      ["pulumi:pulumi:Stack", "pulumi:providers:echo", "echo:index/thing:Thing"],
    );
    const { provider, id, outputs, ...rest } = deployment.resources[2];
    assert.match(provider, /^urn:pulumi:dev::shop::pulumi:providers:echo::default::/);
    assert.deepEqual(outputs, { size: 1, arn: `arn:${id}`, made: "number 0" });
    assert.deepEqual(rest, {
      urn: "urn:pulumi:dev::shop::echo:index/thing:Thing::a",
      custom: true,
      type: "echo:index/thing:Thing",
      inputs: { size: 1 },
      parent: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
      protect: true,
      propertyDependencies: { size: [] },
      created: "2026-11-21T12:00:00.000Z",
      modified: "2026-11-21T12:00:00.000Z",
    });
  });

  it("comes back from a file as it went there, secrets included", () => {
    const crypter = keyCrypter(newKey());
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((key) => key !== "__proto__"),
          anyValue,
          { noNullPrototype: true },
        ),
        (inputs) => {
          const resource: Resource = {
            urn: "urn:pulumi:s::p::t::n",
            custom: true,
            type: "t",
            ...(Object.keys(inputs).length > 0 ? { inputs } : {}),
          };
          const file = encodeDeployment({ manifest: manifest(new Date(0)), resources: [resource] }, crypter);
          const back = decodeDeployment(JSON.parse(JSON.stringify(file)), () => crypter);
          assert.deepEqual(back.resources, [resource]);
        },
      ),
    );
  });

  it("is seen by the next process, and the world with it", async () => {
    const state = temporaryDirectory();
    const directory = project();
    const program = () => void new Thing("a", { size: 1 });
    await new Theater({ state, project: directory }).up(program);
    const later = new Theater({ state, project: directory });
    assert.equal([...later.rehearsal.world.things()].length, 1);
    assert.deepEqual(told(await later.up(program)), ["same a"]);
    later.rehearsal.changeWorld((world) => world.put({ ...[...world.things()][0]!, properties: { size: 9 } }));
    const [thing] = new Theater({ state, project: directory }).rehearsal.world.things();
    assert.deepEqual(thing!.properties, { size: 9 });
    assert.deepEqual(told(await later.preview(program)), ["same a"]);
  });

  it("is refused by name when it is damaged, with what to do", async () => {
    const state = temporaryDirectory();
    const directory = project();
    const file = path.join(state, "dev.json");
    const stage = new Theater({ state, project: directory });
    await stage.up(() => void new Thing("a", {}, { dependsOn: new Thing("b") }));
    const whole = fs.readFileSync(file, "utf8");
    const swapped = JSON.parse(whole);
    swapped.deployment.resources.reverse();
    const damages: [string, RegExp][] = [
      [whole.slice(0, whole.length / 2), /no JSON/],
      ["", /no JSON/],
      ["{}", /version undefined/],
      [JSON.stringify({ version: 4, deployment: {} }), /version 4/],
      [JSON.stringify({ version: 3, deployment: { manifest: {} } }), /holds no deployment/],
      [JSON.stringify({ version: 3, deployment: { manifest: { time: "" }, resources: [{}] } }), /has no URN/],
      [JSON.stringify(swapped), /does not come before it/],
    ];
    for (const [content, reason] of damages) {
      fs.writeFileSync(file, content);
      for (const run of [stage.preview(() => undefined), stage.up(() => undefined), stage.rehearsal.destroy("dev")]) {
        await assert.rejects(run, (error: Error) => {
          assert.match(error.message, reason);
          assert.match(
            error.message,
            /state of stack dev in .*dev\.json is damaged.*start over with `cutover up --stack dev --state/s,
          );
          return true;
        });
      }
      assert.equal(fs.readFileSync(file, "utf8"), content);
    }
  });

  it("keeps what was done when a cloud refuses, and goes on from there", async () => {
    const stage = new Theater({ state: temporaryDirectory() });
    const program = (refuse: string) => () => {
      const a = new Thing("a");
      const b = new Thing("b", { refuse, from: a.id });
      new Thing("c", { from: b.id });
      return { b: b.id };
    };
    await assert.rejects(stage.up(program("create")), /cannot create urn:.*::b: b is not wanted/);
    const plan = await stage.up(program(""));
    assert.deepEqual(told(plan), ["create b", "create c", "same a"]);
    assert.deepEqual(Object.keys(await stage.rehearsal.outputs("dev")), ["b"]);
  });

  it("knows after a failure what is still to be deleted", async () => {
    const stage = new Theater({ state: temporaryDirectory() });
    const program = (kind: string) => () => {
      const a = new Thing("a", { kind, refuse: "delete" });
      new Thing("b", { from: a.arn });
    };
    await stage.up(program("x"));
    await assert.rejects(stage.up(program("y")), /cannot delete urn:.*::a/);
    stage.cloud.delete = () => undefined;
    assert.deepEqual(inOrder(await stage.up(program("y"))).sort(), ["delete a", "same a", "same b"]);
    assert.deepEqual((await stage.up(program("y"))).summary, { same: 3 });
  });

  it("creates what was deleted for a replacement that then failed", async () => {
    const stage = new Theater({ state: temporaryDirectory() });
    const program = (kind: string, refuse: string) => () =>
      void new Thing("a", { kind, refuse }, { deleteBeforeReplace: true });
    await stage.up(program("x", ""));
    await assert.rejects(stage.up(program("y", "create")), /cannot create/);
    stage.cloud.calls.length = 0;
    assert.deepEqual(told(await stage.up(program("y", ""))), ["replace a"]);
    assert.deepEqual(stage.cloud.calls, ["create a"]);
  });
});

describe("rehearsal: atomic files", () => {
  for (const point of WRITE_POINTS) {
    it(`leave the old or the new content when the writer is killed: ${point}`, () => {
      const directory = temporaryDirectory();
      const file = path.join(directory, "state.json");
      writeAtomically(file, "old".repeat(1000));
      const script = path.join(__dirname, "support", "killedWriter.ts");
      const child = spawnSync(process.execPath, ["--require", require.resolve("tsx/cjs"), script, file, "new", point]);
      assert.equal(child.signal, "SIGKILL", child.stderr.toString());
      assert.equal(fs.readFileSync(file, "utf8"), (point === "renamed" ? "new" : "old").repeat(1000));
      writeAtomically(file, "next");
      assert.deepEqual(fs.readdirSync(directory), ["state.json"]);
    });

    it(`leave the old content when the disk is full: ${point}`, () => {
      const directory = temporaryDirectory();
      const file = path.join(directory, "state.json");
      writeAtomically(file, "old");
      const full = (reached: string) => {
        if (reached === point && point !== "renamed") {
          throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
        }
      };
      if (point === "renamed") {
        writeAtomically(file, "new", 0o644, full);
      } else {
        assert.throws(() => writeAtomically(file, "new", 0o644, full), /ENOSPC/);
        assert.equal(fs.readFileSync(file, "utf8"), "old");
      }
      assert.deepEqual(fs.readdirSync(directory), ["state.json"]);
    });
  }

  it("leave the old content to who has it open", () => {
    const file = path.join(temporaryDirectory(), "state.json");
    writeAtomically(file, "old");
    const reader = fs.openSync(file, "r");
    writeAtomically(file, "new");
    assert.equal(fs.readFileSync(reader, "utf8"), "old");
    fs.closeSync(reader);
  });

  it("say which file could not be written", async () => {
    const state = path.join(temporaryDirectory(), "taken");
    fs.writeFileSync(state, "a file where the directory should be");
    await assert.rejects(
      new Theater({ state }).up(() => void new Thing("a")),
      /taken/,
    );
  });
});
