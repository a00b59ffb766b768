import type { RolloutPlan } from "../stacks/config/rollout";
import { otherColor, type Color } from "../stacks/config/fields";
import { capacityOf, colorOf, consumers, databaseJobs, listenerWeights, type Touch } from "./touch";
import type { Json } from "./engine";

/** What a stage is for. */
export type StageKind = "deploy" | "database" | "smoke" | "capacity" | "shift" | "validate" | "activate" | "retire";

/**
 * One stage of a release: a config patch, and the resources that it may touch. Applying the patch with `up` and seeing
 * something else change means that somebody else's change, or drift, would ride along.
 */
export interface Stage {
  name: string;
  kind: StageKind;
  /** The stack that the patch is for. */
  stack: string;
  /** Values to set, by path inside the `cutover:` namespace; empty for a stage that only looks. */
  patch: Readonly<Record<string, Json>>;
  /** What `up` may change; nothing for a stage that only looks. */
  touches: readonly Touch[];
  /** The candidate's percentage of requests once the stage is done. */
  share: number;
}

/** The stacks that a release changes. In a small deployment both are the same. */
export interface ReleaseStacks {
  application: string;
  traffic: string;
}

/**
 * The stages of a release, in order: deploy the candidate, change the database, try the candidate, then for each step
 * raise its capacity before its traffic; validate, move what has no weight, and retire the old color. Pure.
 *
 * @param active - The color that serves before the release; the candidate is the other one.
 */
export function stagesOf(plan: RolloutPlan, active: Color, stacks: ReleaseStacks): Stage[] {
  const candidate = otherColor(active);
  const { application, traffic } = stacks;
  const green = (share: number) => (candidate === "green" ? share : round(100 - share));
  let share = 0;

  const look = (name: string, kind: StageKind): Stage => ({
    name,
    kind,
    stack: traffic,
    patch: {},
    touches: [],
    share,
  });
  const stages: Stage[] = [
    {
      name: "deploy",
      kind: "deploy",
      stack: application,
      patch: { [`releases.${candidate}`]: plan.release, [`capacity.${candidate}`]: "warm" },
      touches: [colorOf(candidate)],
      share,
    },
  ];
  if (plan.databaseChange) {
    for (const phase of ["backup", "restore-check", "migrate", "validate"] as const) {
      stages.push({
        name: `database-${phase}`,
        kind: "database",
        stack: application,
        patch: { "databaseChange.release": plan.release.version, "databaseChange.phase": phase },
        touches: [databaseJobs],
        share,
      });
    }
  }
  stages.push(look("smoke", "smoke"));
  for (const step of plan.steps) {
    stages.push({
      name: `capacity-${step.share}`,
      kind: "capacity",
      stack: application,
      patch: { [`capacity.${candidate}`]: step.share === 100 ? "full" : step.share },
      touches: [capacityOf(candidate)],
      share,
    });
    share = step.share;
    stages.push({
      name: `shift-${step.share}`,
      kind: "shift",
      stack: traffic,
      patch: { "traffic.green": green(share) },
      touches: [listenerWeights],
      share,
    });
  }
  stages.push(
    look("validate", "validate"),
    {
      name: "activate",
      kind: "activate",
      stack: application,
      patch: { active: candidate },
      touches: [consumers],
      share,
    },
    {
      name: "retire",
      kind: "retire",
      stack: application,
      patch: { [`capacity.${active}`]: "off" },
      touches: [capacityOf(active)],
      share,
    },
    // Nothing that the routers do depends on it: it only says, in outputs and in Git, which color rests here.
    { name: "complete", kind: "activate", stack: traffic, patch: { active: candidate }, touches: [], share },
  );
  return stages;
}

/** Percentages have at most a few decimals; 100 - 99.9 must not become 0.09999999999999432. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
