import { Story } from "../rollout/support/story";
import { planned } from "../rollout/support/plans";

const STEPS = [
  { share: 10, soak: "5m", gates: ["error-rate < 1"], hooks: ["smoke"], approvals: ["captain"] },
  { share: 50, soak: "5m", gates: ["error-rate < 1", "latency < 2"] },
  { share: 100 },
];
const CONFIG = {
  approvers: { captain: ["grace@example.org"] },
  hooks: { smoke: { command: ["npm", "test"] as [string, ...string[]] } },
};

/** A rollout that nothing is done of yet, by a plan with hooks, approvals, gates and a trigger. */
export function story(plan: object = {}): Story {
  return new Story(planned({ steps: STEPS, ...plan }, CONFIG));
}

/** Lets it go on until it has ended, with people who approve. */
export function finished(one: Story): Story {
  for (let ticks = 0; one.state.outcome === undefined && ticks < 1000; ticks += 1) {
    one.settle();
    if (one.state.outcome === undefined && !one.state.progress.begun) {
      one.approve();
    }
    one.tick();
  }
  return one;
}

/** A release that is good: its errors differ from sample to sample, as they do. */
export function promoted(): Story {
  const one = story();
  one.metric = (metric, color, scope, at) =>
    (metric === "latency" ? 0.5 : 0.1) +
    ((at / 30_000) % 7) / 100 +
    scope.length / 1000 +
    (color === "green" ? 0.01 : 0);
  return finished(one);
}

/** A release that fails at half of the requests, in one region. */
export function rolledBack(): Story {
  const one = story().reach("shift-50");
  one.says("error-rate", 7.25, ["eu-west-1"]);
  return finished(one);
}
