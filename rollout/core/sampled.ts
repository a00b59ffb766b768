import { countGate, countTrigger, judge, Readings, type GateCount, type TriggerCount } from "./counters";
import { collect, isJudged } from "./judged";
import type { WatchedStage } from "./plan";
import type { Sample } from "./sample";
import { isSuspended, scopesOf, stageOf, type State } from "./state";
import { trendReadings } from "./trend";

/** What a sample says of a state: what triggers and gates count, and what the judge compares. */
export function sampled(state: State, sample: Sample): void {
  const { plan, progress } = state;
  const before = state.sample?.at;
  state.sample = sample;
  const trends = trendReadings(state.histories, plan, sample);
  const readings = new Readings({ ...sample, readings: [...sample.readings, ...trends] });
  lookAtActive(state, readings);
  if (state.exposedAt !== undefined) {
    plan.triggers
      .filter((trigger) => !isSuspended(state, trigger))
      .forEach(({ name, condition }) => {
        const before = state.triggers.get(name);
        // Where the candidate has no requests any more, nothing of what was counted is kept.
        const counts = new Map<string, TriggerCount>();
        state.triggers.set(name, counts);
        for (const scope of scopesOf(state, condition.metric, plan.candidate)) {
          const verdict = judge(readings, condition, plan.candidate, plan.active, scope);
          counts.set(scope, countTrigger(before?.get(scope), verdict, sample.at));
        }
      });
  }
  const stage = stageOf(state);
  if (
    stage === undefined ||
    !progress.applied ||
    progress.watchedSince === undefined ||
    sample.at <= progress.watchedSince
  ) {
    return;
  }
  if (isJudged(stage, plan.judge)) {
    collect(progress.series, plan, sample, progress.watchedSince, Math.max(before ?? 0, progress.watchedSince));
  }
  const step = 1000 * (stage.gateSeconds ?? plan.intervalSeconds);
  if (sample.at % step !== 0) {
    return; // Between two looks of its gates.
  }
  stage.gates.forEach((gate, index) => {
    const counts = progress.gates[index]!;
    for (const scope of scopesOf(state, gate.condition.metric, gate.color)) {
      const verdict = judge(readings, gate.condition, gate.color, plan.active, scope);
      counts.set(scope, countGate(counts.get(scope), verdict, sample.at));
    }
  });
  if (covered(state, stage)) {
    const from = Math.max(progress.watchedSince, sample.at - step);
    progress.coveredSeconds += (sample.at - from) / 1000;
  }
}

/** Whether the last sample says something about everything that the stage is watched for. */
function covered(state: State, stage: WatchedStage): boolean {
  const says = (last: GateCount["last"]) => last.result === "met" || last.result === "unmet";
  if (stage.gates.length > 0) {
    return state.progress.gates.every((counts) => [...counts.values()].every(({ last }) => says(last)));
  }
  // Only triggers watch: each must see something somewhere, or nobody is watching.
  return state.plan.triggers
    .filter((trigger) => state.triggers.has(trigger.name) && !isSuspended(state, trigger))
    .every(({ name }) => [...state.triggers.get(name)!.values()].some(({ last }) => says(last)));
}

function lookAtActive(state: State, readings: Readings): void {
  const { activeHealthy, active, regions } = state.plan;
  if (activeHealthy === undefined) {
    return;
  }
  for (const region of Object.keys(regions)) {
    const { result } = judge(readings, activeHealthy, active, active, region);
    if (result === "unmet") {
      state.activeUnhealthy.add(region);
    } else if (result === "met") {
      state.activeUnhealthy.delete(region);
    }
  }
}
