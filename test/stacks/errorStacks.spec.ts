import assert from "node:assert/strict";
import { skipEmptyErrors } from "../../stacks/errorStacks";

describe("the stacks of errors", () => {
  const before = Error.prepareStackTrace;
  const leaks = process.env["PULUMI_DEBUG_PROMISE_LEAKS"];
  beforeEach(() => {
    Reflect.deleteProperty(Error, "prepareStackTrace");
    delete process.env["PULUMI_DEBUG_PROMISE_LEAKS"];
  });
  after(() => {
    Error.prepareStackTrace = before;
    if (leaks !== undefined) {
      process.env["PULUMI_DEBUG_PROMISE_LEAKS"] = leaks;
    }
  });

  it("are left out of errors that say nothing, such as the SDK's notes", () => {
    skipEmptyErrors();
    assert.equal(new Error().stack, "Error");
  });

  it("of other errors name the line of the TypeScript source", () => {
    skipEmptyErrors();
    const [first, second] = new Error("no such region").stack!.split("\n");
    assert.equal(first, "Error: no such region");
    assert.match(second!, /^ {4}at .*errorStacks\.spec\.ts:25:/);
  });

  it("stay as they are while leaks of promises are debugged", () => {
    process.env["PULUMI_DEBUG_PROMISE_LEAKS"] = "1";
    skipEmptyErrors();
    assert.equal(Error.prepareStackTrace, undefined);
  });
});
