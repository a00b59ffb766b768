import { strict as assert } from "node:assert";
import fc from "fast-check";
import { Node, Undetermined } from "../../policies/node";
import type { Value } from "../../pulumi/values";
import { encrypted, secret, unknown } from "./support/draft";

const node = (value: unknown) => new Node(value as Value);

describe("reading a property", () => {
  it("takes null for absent, as Pulumi does", () => {
    assert.equal(node({ a: null }).get("a"), undefined);
    assert.equal(node({ a: null }).has("a"), false);
    assert.equal(node({}).get("a.b[0].c"), undefined);
    assert.deepEqual(node({ a: { b: null, c: 1 } }).keys("a"), ["c"]);
  });

  it("keeps zero, false and empty text", () => {
    assert.equal(node({ a: 0 }).number("a"), 0);
    assert.equal(node({ a: false }).flag("a"), false);
    assert.equal(node({ a: "" }).text("a"), "");
    assert.equal(node({ a: "" }).number("a"), undefined);
  });

  it("reads numbers and booleans that are written as text", () => {
    assert.equal(node({ a: "90" }).number("a"), 90);
    assert.equal(node({ a: "true" }).flag("a"), true);
    assert.equal(node({ a: "yes" }).flag("a"), undefined);
  });

  it("throws where a value is not known: there, on the way, and inside", () => {
    for (const [value, path] of [
      [{ a: unknown }, "a"],
      [{ a: unknown }, "a.b"],
      [{ a: { b: [unknown] } }, "a"],
      [{ a: encrypted() }, "a"],
    ] as const) {
      assert.throws(() => node(value).get(path), Undetermined);
    }
  });

  it("reads around what is not known", () => {
    const rules = node({ rules: [{ port: 1, range: unknown }, { port: 2 }] });
    assert.deepEqual(
      rules.list("rules").map((rule) => rule.number("port")),
      [1, 2],
    );
    assert.equal(rules.list("rules")[0]!.path, "rules[0]");
  });

  it("reads secrets, and says that they are", () => {
    const value = node({ a: secret({ b: "x" }), c: "y" });
    assert.equal(value.get("a.b"), "x");
    assert.equal(value.isSecret("a"), true);
    assert.equal(value.isSecret("a.b"), true);
    assert.equal(value.isSecret("c"), false);
    assert.equal(value.nodes("a.*")[0]!.isSecret(""), true);
  });

  it("reads JSON that is written as text, and what is no JSON as absent", () => {
    assert.equal(node({ policy: '{"a":1}' }).json("policy")?.number("a"), 1);
    assert.equal(
      node({ policy: { a: 1 } })
        .json("policy")
        ?.number("a"),
      1,
    );
    assert.equal(node({ policy: "no" }).json("policy"), undefined);
  });

  it("gives back what is plain as it is", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 3 })), (value) => {
        const read = node(value).value() as Record<string, unknown>;
        const present = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, item ?? null]));
        assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(present)));
      }),
    );
  });
});
