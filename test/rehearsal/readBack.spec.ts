import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { EchoProvider, temporaryDirectory, Theater, Thing, THING } from "./support/stage";

describe("a look at the stand-in clouds", () => {
  const urn = (name: string) => `urn:pulumi:dev::shop::${THING}::${name}`;

  async function opened(state?: string) {
    const theater = new Theater(state === undefined ? {} : { state });
    const { rehearsal } = theater;
    await theater.up(() => {
      const provider = new EchoProvider("here");
      for (const name of ["a", "b"]) {
        new Thing(name, { size: 1, label: "x", password: pulumi.secret("hush") }, { provider });
      }
    });
    /** Somebody changes a thing by hand, or takes it away. */
    const change = (name: string, properties: Record<string, number> | undefined) =>
      rehearsal.changeWorld((world) => {
        const thing = [...world.things(THING)].find((each) => each.urn === urn(name))!;
        if (properties === undefined) {
          world.remove(THING, thing.id);
        } else {
          world.put({ ...thing, properties: { ...thing.properties, ...properties } });
        }
      });
    return { rehearsal, change };
  }

  it("tells what they have, and what is recorded is something else", async () => {
    const { rehearsal, change } = await opened();
    change("a", { size: 7 });
    const [b, a] = await rehearsal.read("dev", [urn("b"), urn("a")]);
    assert.deepEqual([b!.properties["size"], a!.properties["size"], a!.properties["password"]], [1, 7, "[secret]"]);
    assert.deepEqual(
      (await rehearsal.recorded("dev", [THING])).map(({ urn: of, properties }) => [of, properties["size"]]),
      [
        [urn("a"), 1],
        [urn("b"), 1],
      ],
    );
    assert.deepEqual(await rehearsal.recorded("dev", ["other:index:Type"]), []);
  });

  it("tells what is gone, and fails for what was never there", async () => {
    const { rehearsal, change } = await opened();
    change("a", undefined);
    const [a] = await rehearsal.read("dev", [urn("a")]);
    assert.match(a!.problem!, /it is gone/);
    await assert.rejects(rehearsal.read("dev", [urn("c")]), /no resource of the stack has this URN/);
  });

  it("before an `up` mends what was changed by hand; without one the record is trusted", async () => {
    const { rehearsal, change } = await opened();
    change("a", { size: 7 });
    change("b", undefined);
    assert.deepEqual((await rehearsal.up("dev")).summary, { same: 4 });
    const targets = [urn("a")];
    assert.deepEqual((await rehearsal.preview("dev", { refresh: true, targets })).summary, { update: 1, same: 3 });
    const { steps } = await rehearsal.up("dev", { refresh: true });
    assert.deepEqual(
      steps.filter(({ op }) => op !== "same").map(({ op, urn: of, detailedDiff }) => [op, of, detailedDiff]),
      [
        ["update", urn("a"), { size: { kind: "update", before: 7, after: 1 } }],
        ["create", urn("b"), {}],
      ],
    );
    assert.deepEqual((await rehearsal.up("dev", { refresh: true })).summary, { same: 4 });
  });

  it("mends what a run left that was killed between the world and the record", async () => {
    const state = temporaryDirectory();
    const { rehearsal, change } = await opened(state);
    assert.deepEqual(await rehearsal.recover("dev"), { mended: [], left: [] });
    change("a", { size: 7 });
    fs.writeFileSync(path.join(state, ".dev.pending"), "");
    const { mended, left } = await rehearsal.recover("dev");
    assert.match(mended.join(), /dev: a run was killed before it had recorded what it did/);
    assert.deepEqual(left, []);
    assert.deepEqual(await rehearsal.recover("dev"), { mended: [], left: [] });
    assert.deepEqual((await rehearsal.up("dev")).summary, { update: 1, same: 3 }, "the record is what the clouds have");
  });
});
