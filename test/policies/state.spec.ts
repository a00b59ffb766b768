import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readState } from "../../policies/state";
import { SECRET, SIGNATURE, type Value } from "../../pulumi/values";
import { ConfigError } from "../../rollout/engine";

const URN = "urn:pulumi:dev::project::aws:rds/instance:Instance::database";

describe("the state of a stack, as it is read from a file", () => {
  const directory = mkdtempSync(join(tmpdir(), "cutover-state-"));
  const file = join(directory, "state.json");
  const read = (content: string) => {
    writeFileSync(file, content);
    return readState(file);
  };
  const withResource = (fields: Record<string, unknown>) =>
    JSON.stringify({ deployment: { resources: [{ urn: URN, type: "aws:rds/instance:Instance", ...fields }] } });
  const refuses = (content: string, message: RegExp) =>
    assert.throws(
      () => read(content),
      (error: Error) => {
        assert.ok(error instanceof ConfigError, error.stack);
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /hunter2/);
        return true;
      },
    );

  after(() => rmSync(directory, { recursive: true }));

  it("is that of an empty stack where there are no resources", () => {
    assert.deepEqual(read('{"version":3,"deployment":{"manifest":{}}}').records, []);
  });

  it("is refused when the file is empty, no JSON, or of something else; nothing of it is shown", () => {
    refuses("", /it is empty; `pulumi stack export --file .*` writes one/);
    refuses("hunter2-secret", /it is no JSON/);
    refuses('{"version":3}', /holds no state of a stack/);
    assert.throws(() => readState(join(directory, "absent")), /cannot read the state .*ENOENT/);
  });

  for (const fields of [
    { provider: 5 },
    { parent: {} },
    { inputs: 5 },
    { outputs: [] },
    { dependencies: 5 },
    { propertyDependencies: { a: 5 } },
  ]) {
    it(`is refused for a resource with ${JSON.stringify(fields)}`, () => {
      refuses(withResource(fields), /holds no state of a stack/);
    });
  }

  it("is refused when its values are nested without end", () => {
    const nested = (levels: number) =>
      withResource({ inputs: { a: "deep" } }).replace('"deep"', '{"a":'.repeat(levels) + "1" + "}".repeat(levels));
    refuses(nested(20_000), /nested more than 500 levels deep/);
    assert.equal(read(nested(100)).records.length, 1);
  });

  it("keeps a secret closed whose text is no JSON, and opens one whose text is", () => {
    const opened = (plaintext: string): Value =>
      read(withResource({ inputs: { password: { [SIGNATURE]: SECRET, plaintext } } })).records[0]!.inputs["password"]!;
    assert.deepEqual(opened("hunter2-secret"), { [SIGNATURE]: SECRET });
    assert.deepEqual(opened('"hunter2-secret"'), { [SIGNATURE]: SECRET, value: "hunter2-secret" });
  });
});
