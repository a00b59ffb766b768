import assert from "node:assert/strict";
import {
  isLocked,
  lockedError,
  locksIn,
  pendingIn,
  readable,
  recoveryOf,
  stateOf,
} from "../../../rollout/engines/interrupted";

const REFUSAL = (...holders: string[]) =>
  `error: the stack is currently locked by ${holders.length} lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.\n` +
  holders
    .map(
      (holder) =>
        `  file:///state/.pulumi/locks/organization/cutover/dev/1.json: created by ${holder} at 2026-11-21T03:00:00Z`,
    )
    .join("\n");
const CLOUD = "error: [409] Conflict: Another update is currently in progress.";

describe("a stack that a killed run has left", () => {
  const here = { host: "runner-1", isAlive: (pid: number) => pid === 7 };
  const means = (...holders: string[]) => stateOf(locksIn(REFUSAL(...holders)), here);

  it("is free again when all who hold its lock are dead, and only then", () => {
    assert.equal(means("ci@runner-1 (pid 8)"), "gone");
    assert.equal(means("ci@runner-1 (pid 7)"), "alive");
    assert.equal(means("ci@runner-1 (pid 8)", "ci@runner-1 (pid 7)"), "alive");
    assert.equal(means("ci@runner-2 (pid 8)"), "unknown");
    assert.equal(
      means("ci@runner-1 (pid 8)", "ci@runner-2 (pid 8)"),
      "unknown",
      "`pulumi cancel` takes all locks away",
    );
    assert.equal(stateOf(locksIn(CLOUD), here), "unknown");
  });

  it("is told from one that fails otherwise", () => {
    assert.deepEqual([REFUSAL("a@b (pid 1)"), CLOUD, "error: no stack named 'dev' found"].map(isLocked), [
      true,
      true,
      false,
    ]);
  });

  it("names who holds it, and what to do", () => {
    const message = (stderr: string) => lockedError("dev", locksIn(stderr), "runner-1").message;
    assert.match(message(REFUSAL("ci@runner-1 (pid 7)")), /process 7 of ci on runner-1, since 2026-.+ `kill -INT 7`/);
    assert.match(message(REFUSAL("ci@runner-2 (pid 7)")), /when you know that it is dead: pulumi cancel --yes dev/);
    assert.match(message(CLOUD), /being changed by another update.+pulumi cancel --yes dev/);
  });

  it("has operations that a look settles, and creations that only a person can", () => {
    const operations = pendingIn({
      pending_operations: [
        { type: "updating", resource: { urn: "urn:a", type: "t" } },
        { type: "creating", resource: { urn: "urn:b", type: "t" } },
      ],
    });
    assert.deepEqual(pendingIn({}), []);
    assert.deepEqual(
      readable(operations).map(({ resource }) => resource.urn),
      ["urn:a"],
    );
    const { mended, left } = recoveryOf(
      "dev",
      readable(operations),
      new Map([["urn:c", "i/o timeout"]]),
      operations.slice(1),
    );
    assert.match(mended.join(), /^urn:a: a run was killed while updating it/);
    assert.match(left[0]!, /^urn:c: .+i\/o timeout.+pulumi refresh --stack dev --target 'urn:c'$/);
    assert.match(
      left[1]!,
      /^urn:b: .+--import-pending-creates 'urn:b' --import-pending-creates ID.+--clear-pending-creates$/,
    );
  });
});
