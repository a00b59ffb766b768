import assert from "node:assert/strict";
import { shortenStacks, skipEmptyErrors } from "../../stacks/errorStacks";

describe("the stacks of errors", () => {
  const before = Error.prepareStackTrace;
  const limit = Error.stackTraceLimit;
  const leaks = process.env["PULUMI_DEBUG_PROMISE_LEAKS"];
  beforeEach(() => {
    Reflect.deleteProperty(Error, "prepareStackTrace");
    Error.stackTraceLimit = limit;
    delete process.env["PULUMI_DEBUG_PROMISE_LEAKS"];
  });
  after(() => {
    Error.prepareStackTrace = before;
    Error.stackTraceLimit = limit;
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
    assert.match(second!, /^ {4}at .*errorStacks\.spec\.ts:28:/);
  });

  it("say where an error was thrown and from where that was called, and no more", () => {
    shortenStacks();
    assert.equal(new Error("no such region").stack!.split("\n").length, 1 + 2);
  });

  it("stay as they are while leaks of promises are debugged", () => {
    process.env["PULUMI_DEBUG_PROMISE_LEAKS"] = "1";
    skipEmptyErrors();
    shortenStacks();
    assert.equal(Error.prepareStackTrace, undefined);
    assert.equal(Error.stackTraceLimit, limit);
  });
});
