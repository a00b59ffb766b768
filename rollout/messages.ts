import { isSuspended, stageOf, type State } from "./core/state";
import type { RolloutPlan } from "./core/plan";
import type { RecordBody } from "./core/records";
import type { Message } from "./ports";
import type { Notice } from "../stacks/config/rollout/hooks";

/** What people are told when a record is written; undefined when it is not for them. Pure. */
export function messageOf(state: State, record: RecordBody): Message | undefined {
  const { plan } = state;
  switch (record.type) {
    case "started":
      return message(
        state,
        "start",
        plan.recovery === undefined
          ? `${plan.release} begins to roll out on ${plan.stack}`
          : `${subjectOf(plan)} begins`,
        [`plan ${plan.plan}, ${plan.stages.length} stages, ${directionOf(plan)}`, `started by ${record.by}`],
      );
    case "stage-begun":
      return message(
        state,
        "phase",
        `${subjectOf(plan)}: ${record.stage}${record.attempt > 1 ? `, attempt ${record.attempt}` : ""}`,
        [progressLine(state)],
      );
    case "decided":
      return decision(state, record.decision);
    case "effect-failed":
      return record.effect.kind === "rollback"
        ? message(state, "rollback", `${subjectOf(plan)}: a region could not be taken back yet`, [record.reason])
        : undefined;
    case "finished":
      return message(state, "done", `${subjectOf(plan)}: ${record.outcome}`, [
        record.reason,
        ...(plan.recovery === undefined ? [sharesLine(state)] : record.outcome === "promoted" ? toCommit(state) : []),
      ]);
    default:
      return undefined;
  }
}

/** What Git does not say yet: the values that a recovery has set for good. */
function toCommit({ patches }: State): string[] {
  return [...patches].flatMap(([stack, values]) =>
    Object.entries(values).map(
      ([path, value]) => `commit to Pulumi.${stack}.yaml: cutover:${path} ${JSON.stringify(value)}`,
    ),
  );
}

/** What a plan is about, in words. */
function subjectOf({ release, stack, recovery }: RolloutPlan): string {
  return recovery === undefined ? `${release} on ${stack}` : `recovery of ${recovery.region} on ${stack}`;
}

/** From where to where a plan goes, in words. */
export function directionOf({ active, candidate, rolling, recovery }: RolloutPlan): string {
  return recovery !== undefined
    ? `${recovery.to} takes the place of ${recovery.region}`
    : rolling
      ? `inside ${active}, pod by pod`
      : `from ${active} to ${candidate}`;
}

/** The regular word on how it goes. */
export function updateOf(state: State): Message {
  const { plan } = state;
  const stage = stageOf(state);
  return message(state, "update", `${subjectOf(plan)}: ${stage?.name ?? "done"}`, [
    progressLine(state),
    sharesLine(state),
    ...(state.hold === undefined ? [] : [`holds: ${state.hold.reason}`]),
    ...suspended(state),
  ]);
}

function decision(state: State, decided: Extract<RecordBody, { type: "decided" }>["decision"]): Message | undefined {
  const { plan } = state;
  const on = `${subjectOf(plan)}`;
  switch (decided.kind) {
    case "promote":
      return undefined;
    case "warn":
      // A warning wakes nobody: what has to is a hold.
      return message(state, "warning", `${on}: warning`, [decided.reason]);
    case "hold":
    case "step-back": {
      const by =
        decided.kind === "hold" && decided.decideBy !== undefined
          ? [`decide before ${new Date(decided.decideBy).toISOString()}, or it rolls back`]
          : [];
      const what = decided.kind === "hold" ? "holds" : "went back a stage and holds";
      return message(state, "hold", `${on} ${what}`, [
        decided.reason,
        ...by,
        "cutover rollout status | resume | promote | abort",
      ]);
    }
    case "rollback":
      return message(
        state,
        "rollback",
        plan.recovery === undefined
          ? `${on} rolls back to ${plan.active}`
          : `${on} is taken back: ${plan.recovery.region} is opened again`,
        [decided.reason],
      );
  }
}

function progressLine({ plan, index, attempts }: State): string {
  const next = plan.stages[index + 1];
  return `stage ${Math.min(index + 1, plan.stages.length)} of ${plan.stages.length}${next === undefined ? "" : `, then ${next.name}`}${[...attempts.values()].some((count) => count > 1) ? "; some stages were attempted again" : ""}`;
}

function sharesLine({ plan, shares }: State): string {
  const regions = Object.entries(shares).map(([region, share]) => `${region} ${share} %`);
  return regions.length === 0 ? `${plan.candidate} has no requests` : `${plan.candidate} has ${regions.join(", ")}`;
}

/** What says nothing while the maintenance page is on, for people to see. */
export function suspended(state: State): string[] {
  const names = state.plan.triggers.filter((trigger) => isSuspended(state, trigger)).map(({ name }) => name);
  return names.length === 0 ? [] : [`suspended while the maintenance page is on: ${names.join(", ")}`];
}

function message(state: State, notice: Notice, title: string, lines: string[]): Message {
  return { notice, rollout: state.id, stack: state.plan.stack, title, lines, head: headOf(state) };
}

/** The journal's last record as it is published: `verify --head` takes it, and finds out who changes what is before it. */
export function headOf({ id, last }: State): string {
  return `${id}/${last.sequence}:${last.hash}`;
}
