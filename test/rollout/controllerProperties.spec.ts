import fc from "fast-check";
import { play } from "./support/playing";
import { scenarios } from "./support/scenarios";

/** A case takes some twenty milliseconds. `npm run test:nightly` sets ten thousand. */
const RUNS = Number(process.env.CUTOVER_ROLLOUT_RUNS ?? 1_000);

describe(`a rollout of any plan, in a world in which anything may go wrong (${RUNS} cases)`, function () {
  this.timeout(300 * RUNS);

  it("keeps what it promises, wherever its controllers are killed", async () => {
    const seen = new Map<string, number>();
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const { outcome, kills, world } = await play(scenario);
        count(outcome);
        count(kills > 0 ? "killed" : "not killed");
        const decisions = new Set(
          world.records.flatMap((each) => (each.type === "decided" ? [each.decision.kind] : [])),
        );
        decisions.forEach((each) => count(`decided to ${each}`));
      }),
      { numRuns: RUNS },
    );
    if (process.env.CUTOVER_ROLLOUT_RUNS !== undefined) {
      console.log(Object.fromEntries([...seen].sort()));
    }
  });
});
