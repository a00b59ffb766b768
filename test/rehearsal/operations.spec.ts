import { strict as assert } from "node:assert";

import { inOrder, stepOf, Theater, Thing, told } from "./support/stage";

describe("rehearsal: operations", () => {
  it("creates, keeps, updates, replaces and deletes", async () => {
    const stage = new Theater();
    const first = await stage.up(() => {
      new Thing("a", { kind: "x", size: 1 });
      new Thing("b", { kind: "x" });
      new Thing("c", { kind: "x" });
    });
    assert.deepEqual(told(first), ["create a", "create b", "create c"]);
    assert.equal(first.steps[0]!.urn, "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev");

    const second = await stage.up(() => {
      new Thing("a", { kind: "x", size: 2 });
      new Thing("b", { kind: "y" });
      new Thing("d", {});
    });
    assert.deepEqual(told(second), ["create d", "delete c", "replace b", "update a"]);
    assert.deepEqual(stepOf(second, "a").detailedDiff, { size: { kind: "update", before: 1, after: 2 } });
    assert.deepEqual(stepOf(second, "b").detailedDiff, { kind: { kind: "update-replace", before: "x", after: "y" } });
    assert.deepEqual(stage.cloud.calls.slice(3, 6).sort(), ["create b", "create d", "update a"]);
    assert.deepEqual(stage.cloud.calls.slice(6).sort(), ["delete b", "delete c"]);

    const third = await stage.up(() => {
      new Thing("a", { kind: "x", size: 2 });
      new Thing("b", { kind: "y" });
      new Thing("d", {});
    });
    assert.deepEqual(third.summary, { same: 4 });
    assert.deepEqual(stepOf(third, "a").diff, []);
  });

  it("changes nothing in a preview", async () => {
    const stage = new Theater();
    await stage.up(() => ({ arn: new Thing("a", { size: 1 }).arn }));
    const before = JSON.stringify([await stage.rehearsal.outputs("dev"), [...stage.rehearsal.world.things()]]);
    await stage.preview(() => ({ arn: new Thing("b", { kind: "y" }).arn }));
    assert.equal(JSON.stringify([await stage.rehearsal.outputs("dev"), [...stage.rehearsal.world.things()]]), before);
    assert.deepEqual(stage.cloud.calls, ["create a"]);
  });

  it("knows nothing but inputs in a first preview, and what was recorded in a later one", async () => {
    const stage = new Theater();
    const program = (size: number) => () => {
      const a = new Thing("a", { size });
      const b = new Thing("b", { from: a.arn, list: [a.arn, "x"], size: a.size });
      return { arn: b.arn, size: a.size, nested: { made: a.made } };
    };
    const first = await stage.preview(program(1));
    assert.deepEqual(stepOf(first, "b").inputs, { from: "[unknown]", list: ["[unknown]", "x"], size: 1 });
    assert.deepEqual(first.outputs, { arn: "[unknown]", size: 1, nested: { made: "[unknown]" } });
    await stage.up(program(1));
    const later = await stage.preview(program(2));
    assert.deepEqual(stepOf(later, "b").detailedDiff, { size: { kind: "update", before: 1, after: 2 } });
    assert.match(String(later.outputs.arn), /^arn:b-/);
  });

  it("takes a value that is not known yet for a change", async () => {
    const stage = new Theater();
    const program = (kind: string) => () => {
      const a = new Thing("a", { kind });
      new Thing("b", { rules: [{ from: a.arn, port: 1 }] });
      new Thing("c", { rules: [{ port: a.arn }] });
    };
    await stage.up(program("x"));
    const plan = await stage.preview(program("y"));
    assert.deepEqual(told(plan), ["replace a", "replace c", "update b"]);
    assert.deepEqual(stepOf(plan, "b").diff, ["rules[0].from"]);
    assert.equal(stepOf(plan, "b").detailedDiff["rules[0].from"]!.after, "[unknown]");
    assert.equal(stepOf(plan, "c").detailedDiff["rules[0].port"]!.kind, "update-replace");
  });

  it("replaces when a block that holds such a property comes or goes, and for a property inside a block by that one only", async () => {
    const stage = new Theater();
    await stage.up(() => {
      new Thing("added", { rules: [] });
      new Thing("inside", { block: { size: 1, note: "a" } });
      new Thing("gone", { block: { note: "a" } });
    });
    const plan = await stage.preview(() => {
      new Thing("added", { rules: [{ port: 1 }] });
      new Thing("inside", { block: { size: 1, note: "b" } });
      new Thing("gone", {});
    });
    assert.deepEqual(told(plan), ["replace added", "replace gone", "update inside"]);
  });

  it("reads a resource that it does not own, and forgets it without deleting it", async () => {
    const stage = new Theater();
    await stage.up(() => ({ id: new Thing("a", { size: 3 }).id }));
    const id = String((await stage.rehearsal.outputs("dev")).id);
    const plan = await stage.up(() => {
      new Thing("a", { size: 3 });
      return { size: new Thing("other", { size: undefined }, { id }).size };
    });
    assert.deepEqual(told(plan), ["read other", "same a"]);
    assert.equal(plan.outputs.size, 3);
    await stage.up(() => void new Thing("a", { size: 3 }));
    assert.ok(!stage.cloud.calls.includes("delete other"));
    await assert.rejects(
      stage.up(() => void new Thing("other", {}, { id: "nowhere" })),
      /there is no echo:index\/thing:Thing with the identifier "nowhere"/,
    );
  });

  it("destroys in reverse order of dependencies", async () => {
    const stage = new Theater();
    await stage.up(() => {
      const a = new Thing("a");
      const b = new Thing("b", { from: a.id });
      new Thing("c", {}, { dependsOn: b });
    });
    const plan = await stage.rehearsal.destroy("dev");
    assert.deepEqual(inOrder(plan), ["delete c", "delete b", "delete a"]);
    assert.deepEqual([...stage.rehearsal.world.things()], []);
    await assert.rejects(stage.rehearsal.outputs("dev"), /stack dev is not there/);
  });

  it("invents the same identifiers each time, and another one for a replacement", async () => {
    const ids = async () => {
      const stage = new Theater();
      const first = await stage.up(() => ({ id: new Thing("a", { kind: "x" }).id }));
      const second = await stage.up(() => ({ id: new Thing("a", { kind: "y" }).id }));
      return [first.outputs.id, second.outputs.id];
    };
    const [first, second] = await ids();
    assert.notEqual(first, second);
    assert.deepEqual(await ids(), [first, second]);
  });

  it("tells of each step when it begins", async () => {
    const stage = new Theater();
    const seen: string[] = [];
    await stage.up(() => void new Thing("a"), {
      onStep: (step) => seen.push(`${step.op} ${step.type} after ${stage.cloud.calls.length} calls`),
    });
    assert.equal(seen.at(-1), "create echo:index/thing:Thing after 0 calls");
  });

  it("stops when it is told to, and keeps what was done", async () => {
    const stage = new Theater();
    const stop = new AbortController();
    const run = stage.up(
      () => {
        const a = new Thing("a");
        new Thing("b", { from: a.id.apply((id) => (stop.abort(), id)) });
      },
      { signal: stop.signal },
    );
    await assert.rejects(run, /the run was stopped/);
    const plan = await stage.preview(() => void new Thing("a"));
    assert.deepEqual(told(plan), ["same a"]);
  });
});
