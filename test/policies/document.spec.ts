import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compliancePage } from "../../policies/document";
import { FRAMEWORKS } from "../../policies/frameworks";
import { RULES } from "../../policies/rules";

describe("docs/compliance.md", () => {
  it("is what the rules say: `npm run docs` writes it", () => {
    assert.equal(readFileSync(join(__dirname, "../../docs/compliance.md"), "utf8"), compliancePage());
  });
});

describe("the rules of the pack", () => {
  it("are at least 90, each with an id of its own", () => {
    const ids = RULES.map(({ id }) => id);
    assert.ok(ids.length >= 90, String(ids.length));
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
    assert.deepEqual(
      ids.filter((id) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)),
      [],
    );
  });

  it("cite clauses that their framework has, in the version that it has", () => {
    for (const { id, frameworks } of RULES) {
      for (const { name, version, clause } of frameworks) {
        const framework = FRAMEWORKS.find((one) => one.name === name);
        assert.equal(framework?.version, version, id);
        assert.ok(Object.hasOwn(framework.clauses, clause), `${id}: ${name} ${clause}`);
      }
    }
  });

  it("cite every framework, and every framework says what it cannot show", () => {
    for (const { name, notEvaluable } of FRAMEWORKS) {
      assert.ok(
        RULES.some(({ frameworks }) => frameworks.some((clause) => clause.name === name)),
        name,
      );
      assert.ok(notEvaluable.length > 0, name);
    }
  });
});
