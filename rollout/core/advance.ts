import { evidenceOf, passes } from "./evidence";
import { evidenceOf as evidenceOfJudge, isJudged, LOOKS_PER_STAGE, reasonOf, sawTooLittle } from "./judged";
import { known } from "./known";
import type { RolloutPlan, WatchedStage } from "./plan";
import { isApproved, isShifting, pageIsOn, stageOf, type State } from "./state";
import type { Next } from "./todo";
import { closedBecause, minutesIn, minutesSinceOpening } from "./window";

/** The next thing of the current stage. */
export function advance(state: State, now: number): Next {
  const { progress, hold, plan } = state;
  const stage = stageOf(state);
  if (stage === undefined) {
    return { do: "finish", outcome: "promoted", reason: whatIsDone(plan) };
  }
  const applies = hold === undefined || hold.afterStepBack;
  if (!applies || (hold !== undefined && progress.applied)) {
    return { do: "wait", why: hold.reason, ...known("until", hold.decideBy) };
  }
  if (!progress.begun || state.failed !== undefined) {
    return begin(state, stage, now);
  }
  if (!progress.applied) {
    return stage.kind === "smoke" ? { do: "probe", stage } : { do: "up", stage };
  }
  const hook = stage.hooks[progress.hooksDone.length];
  if (hook !== undefined) {
    return { do: "hook", stage, hook };
  }
  if (passes(state, stage)) {
    const judging = isJudged(stage, plan.judge) ? fromJudge(state, stage, plan.judge!.looks, now) : undefined;
    if (judging !== undefined) {
      return judging;
    }
    const evidence = stage.gates.flatMap((gate, index) =>
      [...progress.gates[index]!].map(([scope, count]) => evidenceOf(gate, scope, count)),
    );
    const judged = progress.verdicts
      .slice(-1)
      .flatMap((verdict) => evidenceOfJudge(verdict, plan, stage, progress.series, state.sample!.at));
    return { do: "decide", decision: { kind: "promote", stage: stage.name, evidence: [...evidence, ...judged] } };
  }
  return { do: "wait", why: `${stage.name} is watched` };
}

function whatIsDone({ release, recovery }: RolloutPlan): string {
  return recovery === undefined
    ? `${release} serves everybody`
    : `${recovery.to} serves ${recovery.jurisdiction} in place of ${recovery.region}, with the database ${recovery.replica}`;
}

/** What the judge has to say before a stage is passed; undefined when it promotes. */
function fromJudge(state: State, stage: WatchedStage, looks: number, now: number): Next | undefined {
  const { verdicts, watchedSince } = state.progress;
  const last = verdicts.at(-1);
  if (last?.verdict === "promote") {
    return undefined;
  }
  const more = last === undefined || (sawTooLittle(last) && verdicts.length < LOOKS_PER_STAGE);
  if (!more || state.looks >= looks) {
    const reason =
      last === undefined
        ? "the judge has no look left: people decide"
        : reasonOf(last, state.plan, stage, state.progress.series);
    const [evidence] =
      last === undefined
        ? []
        : evidenceOfJudge(last, state.plan, stage, state.progress.series, state.sample!.at).filter(
            ({ rule }) => !rule.endsWith("pass"),
          );
    return {
      do: "decide",
      decision: { kind: last?.verdict === "rollback" ? "rollback" : "hold", reason, ...known("evidence", evidence) },
    };
  }
  // A second look at the same few samples would see no more: it waits for all that the stage may get.
  if (last !== undefined && (now - watchedSince!) / 1000 < stage.maxSoakSeconds) {
    return {
      do: "wait",
      why: `${stage.name} is watched longer: ${reasonOf(last, state.plan, stage, state.progress.series)}`,
    };
  }
  return { do: "judge", stage, look: state.looks + 1 };
}

function begin(state: State, stage: WatchedStage, now: number): Next {
  const again: Next = { do: "begin", stage: stage.name, attempt: (state.attempts.get(stage.name) ?? 0) + 1 };
  if (state.hold?.afterStepBack) {
    return again; // Going back waits for nobody, and for no window.
  }
  const missing = stage.approvals.filter((role) => !isApproved(state, stage, role, now));
  if (missing.length > 0) {
    return { do: "wait", why: `${stage.name} waits for the approval of ${missing.join(", ")}` };
  }
  const { window } = state.plan;
  const { exposedAt, windowWaived } = state;
  const underWay = exposedAt !== undefined || pageIsOn(state);
  const goesOn = underWay && (windowWaived || window?.atEnd === "finish" || !isShifting(state));
  const closed = window === undefined || goesOn ? undefined : closedBecause(window, now);
  if (closed !== undefined) {
    return { do: "wait", why: closed };
  }
  const since = window === undefined || stage.planned === undefined ? undefined : minutesSinceOpening(window, now);
  return since !== undefined && since < minutesIn(window!, stage.planned!)
    ? { do: "wait", why: `${stage.name} is planned for ${stage.planned}` }
    : again;
}
