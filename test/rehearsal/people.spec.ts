import assert from "node:assert/strict";
import { SimulatedPeople } from "../../rehearsal/people";
import type { State } from "../../rollout/core/state";
import { planned } from "../rollout/support/plans";

describe("the people of a rehearsal", () => {
  const plan = planned(
    { before: { approvals: ["manager", "owner"] } },
    { approvers: { manager: ["ada@example.org", "bob@example.org"], owner: ["cy@example.org"] } },
  );
  const state = (over: Partial<State> = {}) =>
    ({
      id: "r1",
      plan,
      index: 0,
      by: "ada@example.org",
      digest: "d".repeat(64),
      attempts: new Map(),
      approvals: [],
      ...over,
    }) as State;

  it("approve what is awaited of their role after some minutes, once, and never what they started themselves", async () => {
    let now = 0;
    const people = new SimulatedPeople({ now: () => now, sleep: async () => undefined }, 1);
    people.follow(state());
    people.follow(state());
    assert.deepEqual(await people.requests(), []);
    now = 16 * 60_000;
    const requests = await people.requests();
    assert.deepEqual(
      requests
        .map((request) => request.kind === "approve" && [request.role, request.person, request.stage, request.digest])
        .sort(),
      [
        ["manager", "bob@example.org", "go-no-go", "d".repeat(64)],
        ["owner", "cy@example.org", "go-no-go", "d".repeat(64)],
      ],
    );
    people.follow(state());
    now *= 2;
    assert.deepEqual(await people.requests(), []);
  });

  it("ask nothing where nothing is awaited", async () => {
    const people = new SimulatedPeople({ now: () => 1e12, sleep: async () => undefined }, 1);
    people.follow(state({ index: plan.stages.length }));
    people.follow(state({ index: 1 }));
    assert.deepEqual(await people.requests(), []);
  });
});
