import { strict as assert } from "node:assert";

import * as fc from "fast-check";

import { diffInputs, markReplaceOnChanges, type Change } from "../../pulumi/diff";
import { containsPath, formatPath, parsePath, resetPath, type PropertyPath } from "../../pulumi/propertyPath";
import { equal, secret, UNKNOWN, type Value, type ValueMap } from "../../pulumi/values";

const key = fc
  .oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom("a", "b_1", 'with"quote', "app.kubernetes.io/name", "dash-key", "$", "ünï"),
  )
  .filter((text) => text !== "*" && text !== "__proto__" && !/\\(?:"|$)/.test(text));
const pathOf = fc
  .tuple(key, fc.array(fc.oneof(key, fc.nat(20)), { maxLength: 5 }))
  .map(([first, rest]) => [first, ...rest]);

const { map } = fc.letrec<{ value: Value; map: ValueMap }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Value>("x", "y", 1, 2, true, UNKNOWN),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("map"),
    fc.constantFrom("x", "y").map((value) => secret(value)),
  ),
  map: fc.dictionary(fc.constantFrom("a", "b", "c.d", "e-f"), tie("value"), { maxKeys: 3, noNullPrototype: true }),
}));

function paths(old: ValueMap, fresh: ValueMap): Record<string, string> {
  return Object.fromEntries([...diffInputs(old, fresh)].map(([path, change]) => [path, change.kind]));
}

describe("rehearsal: property paths", () => {
  it("are written as Pulumi writes them", () => {
    const examples: [PropertyPath, string][] = [
      [
        ["defaultActions", 0, "forward", "targetGroups", 1, "weight"],
        "defaultActions[0].forward.targetGroups[1].weight",
      ],
      [["metadata", "labels", "app.kubernetes.io/name"], 'metadata.labels["app.kubernetes.io/name"]'],
      [["dot.ted", "x-y", 0, 1], '["dot.ted"]["x-y"][0][1]'],
      [["metadata", "labels", 'with"quote'], 'metadata.labels["with\\"quote"]'],
      [["labels", "dollar$"], 'labels["dollar$"]'],
      [["labels", "back\\slash"], 'labels["back\\slash"]'],
    ];
    for (const [path, text] of examples) {
      assert.equal(formatPath(path), text);
      assert.deepEqual(parsePath(text), path);
    }
  });

  it("come back from their text", () => {
    fc.assert(fc.property(pathOf, (path) => assert.deepEqual(parsePath(formatPath(path)), path)));
  });

  it("are refused when they cannot be read", () => {
    for (const text of [".a", "a.", "a[", "a[x]", 'a["b', 'a["b"', "a[1"]) {
      assert.throws(() => parsePath(text), /property path/, text);
    }
  });

  it("contain what lies inside them, one step for each wildcard", () => {
    const contains = (outer: string, inner: string) => containsPath(parsePath(outer), parsePath(inner));
    assert.ok(contains("a", "a.b[0]"));
    assert.ok(contains("rules[*].port", "rules[3].port"));
    assert.ok(contains("*", "anything.at.all"));
    assert.ok(!contains("a.b", "a"));
    assert.ok(!contains("rules[*].port", "rules[3].name"));
  });
});

describe("rehearsal: input diffs", () => {
  it("follow Pulumi's rules", () => {
    // Seen with Pulumi's own engine, 3.248.0.
    const old: ValueMap = {
      tags: {
        keep: "1",
        secret2plain: secret("s"),
        plain2secret: "p",
        sec: secret({ a: 1, b: 2 }),
        nul: null,
        num: 1,
        ver: "1.0",
      },
      lifecycleRules: [{ id: "a", enabled: true }, { id: "b" }, { id: "c" }],
      policy: "obj",
      logging: { targetBucket: "x" },
      versioning: { enabled: true },
      arrsec: secret([1, 2, 3]),
      "dot.ted": { "x-y": [[1, 2], [3]] },
      empty: {},
      emptyl: [],
    };
    const fresh: ValueMap = {
      tags: {
        keep: "1",
        secret2plain: "s",
        plain2secret: secret("p"),
        sec: secret({ a: 1, b: 3 }),
        nul: "now",
        num: "1",
        ver: null,
      },
      lifecycleRules: [{ id: "z" }, { id: "a", enabled: true }, { id: "b" }, { id: "c" }],
      policy: { was: "string" },
      logging: [{ targetBucket: "x" }],
      arrsec: secret([1, 9, 3]),
      "dot.ted": {
        "x-y": [
          [1, 5],
          [3, 4],
        ],
      },
      empty: { a: {} },
      emptyl: null,
    };
    assert.deepEqual(paths(old, fresh), {
      '["dot.ted"]["x-y"][0][1]': "update",
      '["dot.ted"]["x-y"][1][1]': "add",
      arrsec: "update",
      "empty.a": "add",
      emptyl: "delete",
      "lifecycleRules[0].enabled": "delete",
      "lifecycleRules[0].id": "update",
      "lifecycleRules[1].enabled": "add",
      "lifecycleRules[1].id": "update",
      "lifecycleRules[2].id": "update",
      "lifecycleRules[3]": "add",
      logging: "update",
      policy: "update",
      "tags.nul": "add",
      "tags.num": "update",
      "tags.plain2secret": "update",
      "tags.sec": "update",
      "tags.secret2plain": "update",
      "tags.ver": "delete",
      versioning: "delete",
    });
  });

  it("are empty exactly when nothing changes", () => {
    fc.assert(
      fc.property(map, map, (old, fresh) => {
        assert.deepEqual(paths(old, old), {});
        assert.equal(diffInputs(old, fresh).size === 0, equal(old, fresh));
      }),
    );
  });

  it("turn the old inputs into the new ones", () => {
    fc.assert(
      fc.property(map, map, (old, fresh) => {
        const result = structuredClone(old);
        const changes = [...diffInputs(old, fresh).values()];
        for (const change of changes.reverse()) {
          apply(result, change);
        }
        assert.deepEqual(result, fresh);
      }),
    );
  });

  it("mark what a path of replaceOnChanges contains", () => {
    const changes = diffInputs({ tags: { a: 1, b: 1 } }, { tags: { a: 2, b: 2 } });
    markReplaceOnChanges(changes, [parsePath("tags.a")]);
    assert.deepEqual(
      [...changes.values()].map((change) => change.kind),
      ["update-replace", "update"],
    );
  });

  it("vanish where changes are ignored", () => {
    fc.assert(
      fc.property(map, map, (old, fresh) => {
        const inputs = structuredClone(fresh);
        assert.ok(resetPath(["*"], old, inputs));
        assert.deepEqual(inputs, old);
        const one = structuredClone(fresh);
        resetPath(["a"], old, one);
        assert.ok(![...diffInputs(old, one).values()].some((change) => change.path[0] === "a"));
      }),
    );
  });
});

function apply(target: ValueMap, { path, kind, after }: Change): void {
  const last = path.at(-1)!;
  const parent = path.slice(0, -1).reduce<Value>((value, step) => (value as ValueMap)[step]!, target);
  if (kind === "delete" && Array.isArray(parent)) {
    parent.splice(last as number, 1);
  } else if (kind === "delete") {
    delete (parent as ValueMap)[last];
  } else if (Array.isArray(parent)) {
    parent[last as number] = structuredClone(after!);
  } else {
    (parent as ValueMap)[last] = structuredClone(after!);
  }
}
