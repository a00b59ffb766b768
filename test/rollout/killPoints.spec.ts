import assert from "node:assert/strict";
import { replay } from "../../rollout/core/replay";
import type { RolloutPlan } from "../../rollout/core/plan";
import type { JournalRecord } from "../../rollout/core/records";
import { followRecords } from "./support/invariants";
import { Killed, ModelWorld } from "./support/modelWorld";
import { planned } from "./support/plans";
import type { Metric } from "./support/story";

/** A plan with every kind of effect: deploys, hooks, a probe, a region that goes first, shifts, consumers that move, a retirement. */
const PLAN = planned(
  {
    strategy: "canary",
    before: { gates: ["healthy-targets >= 1"], hooks: ["smoke"], approvals: ["captain"] },
    steps: [
      { share: 10, regions: ["us-east-1"], soak: "1m", gates: ["error-rate < 1"] },
      { share: 50, soak: "1m", gates: ["error-rate < 1"], hooks: ["smoke"] },
      { share: 100 },
    ],
    validate: { soak: "1m", gates: ["error-rate < 1"] },
    rollbackWindow: "2m",
  },
  { hooks: { smoke: { command: ["true"] } }, approvers: { captain: ["grace@example.org"] } },
);

/** When the candidate fails, if ever: in the second step, or once all has moved. */
const STORIES: Readonly<Record<string, { metric: (world: ModelWorld) => Metric; outcome: string }>> = {
  "that is promoted": { metric: () => () => 1 / 2, outcome: "promoted" },
  "that is rolled back in its second step": {
    metric: (world) => broken(() => world.shares["eu-west-1"] === 50),
    outcome: "rolled-back",
  },
  "that is rolled back after what has no weight had moved": {
    metric: (world) => broken(() => world.things.config["the-application"]?.["active"] === "green"),
    outcome: "rolled-back",
  },
};

function broken(when: () => boolean): Metric {
  let since = false;
  return (metric, color) => {
    since ||= when();
    return metric === "healthy-targets" ? 3 : since && color === "green" && metric === "error-rate" ? 6 : 1 / 2;
  };
}

interface Told {
  world: ModelWorld;
  points: string[];
  records: JournalRecord[];
}

/** @param killAt - The number of the point at which the controller is killed. @default - it is not */
async function tell(plan: RolloutPlan, metric: (world: ModelWorld) => Metric, killAt?: number): Promise<Told> {
  const world = new ModelWorld(plan);
  const points: string[] = [];
  const read = metric(world);
  world.metric = (name, ...rest) => (name === "healthy-targets" ? 3 : read(name, ...rest));
  world.people = (state) =>
    state.approvals.length > 0
      ? []
      : [{ kind: "approve", role: "captain", person: "grace@example.org", digest: state.digest }];
  world.at = (point) => {
    points.push(point);
    if (points.length - 1 === killAt) {
      throw new Killed();
    }
  };
  await world.run(200);
  const { state } = world.controller!;
  await world.controller!.settle();
  const records = await world.journal.read(state.id);
  followRecords(plan, records);
  assert.deepEqual(replay(state.id, records), state);
  return { world, points, records };
}

/** What was decided and what was done, without what differs from one life to the next: times, and effects that were begun. */
const course = (records: readonly JournalRecord[]) =>
  records.flatMap((record) => {
    switch (record.type) {
      case "stage-begun":
        return [`begin ${record.stage} ${record.attempt}`];
      case "effect-done":
        return [`done ${JSON.stringify(record.effect)}`];
      case "decided":
        return [record.decision.kind];
      case "finished":
        return [record.outcome];
      default:
        return [];
    }
  });

/** Asserts that some list is another one, but for one entry at most that is there twice. */
function butForOne(list: readonly unknown[], whole: readonly unknown[], what: string): void {
  const [one, other] = [list, whole].map((each) => each.map((entry) => JSON.stringify(entry)));
  const first = one!.findIndex((entry, index) => entry !== other![index]);
  const rest = first < 0 || one!.length === other!.length ? one! : one!.filter((_, index) => index !== first);
  assert.deepEqual(rest, other, what);
}

describe("a controller that is killed at each write and each effect in turn", function () {
  this.timeout(300_000);
  for (const [name, { metric, outcome }] of Object.entries(STORIES)) {
    it(`ends as one that is not, in a rollout ${name}`, async () => {
      const whole = await tell(PLAN, metric);
      assert.equal(whole.world.controller!.state.outcome?.outcome, outcome);
      const kinds = new Set(whole.points.map((point) => point.replace(/ of .*|: .*|, at .*/, "")));
      for (const kind of [
        "before a record",
        "after a record",
        "before up",
        "during an up",
        "after up",
        "after the claim",
      ]) {
        assert.ok(kinds.has(kind), `${kind} is no point: ${[...kinds].join("; ")}`);
      }
      for (const [number, point] of whole.points.entries()) {
        const killed = await tell(PLAN, metric, number);
        const what = `killed ${point} (${number})`;
        assert.equal(killed.world.controller!.state.outcome?.outcome, outcome, what);
        assert.deepEqual(killed.world.shares, whole.world.shares, what);
        assert.deepEqual(killed.world.things.config, whole.world.things.config, what);
        assert.equal(killed.world.things.claimed, false, what);
        assert.deepEqual(course(killed.records), course(whole.records), what);
        // What was under way may be done again, nothing else is.
        butForOne(killed.world.things.ups, whole.world.things.ups, what);
        butForOne(killed.world.things.hooked, whole.world.things.hooked, what);
      }
    });
  }
});
