import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Found } from "../../../rollout/engine";
import { readBack } from "../../../rollout/engines/readBack";

const found = (urn: string): Found => ({ urn, type: "t", id: urn, properties: { weight: 0 } });
const event = (more: Partial<EngineEvent>): EngineEvent => ({ sequence: 0, timestamp: 0, ...more });
const answer = (urn: string, op: string, outputs?: Record<string, unknown>) =>
  event({ resOutputsEvent: { metadata: { urn, op, type: "t", ...(outputs ? { new: { outputs } } : {}) } as never } });
const failure = (urn: string) =>
  event({ diagnosticEvent: { urn, severity: "error", message: "i/o timeout\n", color: "never" } });

/** A refresh that answers for some, and stops at the first that it cannot read. */
function refreshOf(answers: Record<string, EngineEvent>) {
  const asked: string[][] = [];
  const refresh = async (urns: string[], onEvent: (event: EngineEvent) => void) => {
    asked.push(urns);
    for (const urn of urns) {
      const said = answers[urn];
      if (said === undefined) {
        throw new Error("no credentials");
      }
      onEvent(said);
      if (said.diagnosticEvent) {
        throw new Error("refresh failed");
      }
    }
  };
  return { asked, refresh };
}

describe("a read-back through Pulumi", () => {
  it("is what the clouds have, in the order asked for, and says what is gone", async () => {
    const { refresh } = refreshOf({
      a: answer("a", "update", { weight: 5 }),
      b: answer("b", "delete", { weight: 0 }),
      c: answer("c", "same", { weight: 0 }),
    });
    const read = await readBack([found("c"), found("b"), found("a")], undefined, refresh);
    assert.deepEqual(
      read.map(({ urn, properties, problem }) => [urn, properties["weight"], problem]),
      [
        ["c", 0, undefined],
        ["b", 0, "it is gone: its cloud has nothing with this identifier"],
        ["a", 5, undefined],
      ],
    );
  });

  it("goes on without what cannot be read", async () => {
    const { asked, refresh } = refreshOf({ a: failure("a"), b: answer("b", "same", { weight: 3 }), c: failure("c") });
    const read = await readBack([found("a"), found("b"), found("c")], undefined, refresh);
    assert.deepEqual(asked, [
      ["a", "b", "c"],
      ["b", "c"],
    ]);
    assert.deepEqual(
      read.map(({ problem }) => problem),
      ["it cannot be read: i/o timeout", undefined, "it cannot be read: i/o timeout"],
    );
  });

  it("ends when nothing can be read at all, or when it is stopped", async () => {
    const { asked, refresh } = refreshOf({});
    const [nothing] = await readBack([found("a")], undefined, refresh);
    assert.deepEqual(
      [nothing!.problem, nothing!.properties, asked.length],
      ["it cannot be read: no credentials", { weight: 0 }, 1],
    );
    const [late] = await readBack([found("a")], AbortSignal.abort(), refresh);
    assert.equal(late!.problem, "it was not read in time");
  });
});
