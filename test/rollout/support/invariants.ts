import assert from "node:assert/strict";
import { TOTAL, type Gate, type RolloutPlan, type WatchedStage } from "../../../rollout/core/plan";
import type { Decision, JournalRecord } from "../../../rollout/core/records";
import type { Sample } from "../../../rollout/core/sample";
import { shareIn } from "../../../rollout/stage";
import { compare } from "../../../stacks/config/rollout/condition";

/** How far one visit of a stage has come, by its records alone. */
interface Visit {
  attempt: number;
  ups: number;
  probed: boolean;
  hooks: string[];
  watchedFrom?: number;
  samples: Sample[];
}

/**
 * Follows the records of a rollout, and asserts what must hold of any: no stage skipped, none done twice in an attempt, none
 * promoted without the evidence that its gates ask for, nothing that goes forward after a rollback was decided. It knows the
 * plan, and nothing of the controller's own state.
 */
export function followRecords(plan: RolloutPlan, records: readonly JournalRecord[]): void {
  const attempts = new Map<string, number>();
  let index = 0;
  let visit: Visit | undefined;
  let begun: number[] = [];
  let goesBack = false;
  for (const [number, record] of records.entries()) {
    assert.equal(record.sequence, number + 1);
    assert.ok(number === 0 || record.at >= records[number - 1]!.at, "time goes back");
    const stage = plan.stages[index];
    switch (record.type) {
      case "stage-begun": {
        assert.equal(goesBack, false, "a stage begins although it rolls back");
        assert.equal(record.stage, stage?.name, "a stage is skipped");
        assert.equal(record.attempt, (attempts.get(record.stage) ?? 0) + 1, "an attempt is skipped or doubled");
        attempts.set(record.stage, record.attempt);
        if (stage!.kind === "shift") {
          begun = [...begun.filter((each) => each < index), index];
        }
        visit = { attempt: record.attempt, ups: 0, probed: false, hooks: [], samples: [] };
        watch(stage!, visit, record.at);
        break;
      }
      case "effect-done":
        if (record.effect.kind !== "rollback") {
          done(plan, stage!, visit!, record);
        }
        break;
      case "resumed":
        if (visit?.watchedFrom !== undefined) {
          visit.watchedFrom = record.at;
        }
        if (visit !== undefined) {
          visit.samples = [];
        }
        break;
      case "sampled":
        visit?.samples.push(record.sample);
        break;
      case "decided": {
        const { decision } = record;
        assert.equal(goesBack && decision.kind !== "hold", false, `${decision.kind} although it rolls back`);
        if (decision.kind === "promote") {
          promoted(plan, stage!, visit, decision);
          index += 1;
          visit = undefined;
        } else if (decision.kind === "step-back") {
          assert.ok(begun.length >= 2, "there is no stage to go back to");
          index = begun.at(-2)!;
          begun = begun.slice(0, -1);
          visit = undefined;
        } else if (decision.kind === "rollback") {
          goesBack = true;
        }
        break;
      }
      case "finished":
        assert.equal(record.outcome, goesBack ? "rolled-back" : "promoted");
        assert.ok(goesBack || index === plan.stages.length, "it ends before its last stage");
        break;
      default:
        break;
    }
  }
}

function isApplied(stage: WatchedStage, { ups, probed }: Visit): boolean {
  return stage.kind === "smoke" ? probed : Object.keys(stage.patch).length === 0 || ups === 1;
}

/** A stage is watched from the moment at which its last effect was done. */
function watch(stage: WatchedStage, visit: Visit, at: number): void {
  if (isApplied(stage, visit) && visit.hooks.length === stage.hooks.length) {
    visit.watchedFrom ??= at;
  }
}

function done(
  plan: RolloutPlan,
  stage: WatchedStage,
  visit: Visit,
  { effect, shares, at }: JournalRecord & { type: "effect-done" },
): void {
  assert.ok(effect.kind !== "rollback" && effect.stage === stage.name, `an effect of another stage than ${stage.name}`);
  if (effect.kind === "up") {
    visit.ups += 1;
    assert.equal(visit.ups, 1, `${stage.name} is done twice in attempt ${visit.attempt}`);
    if (stage.kind === "shift") {
      for (const region of plan.routed) {
        assert.ok(Math.abs(shares![region]! - shareIn(stage, region)) < 1e-6, `${region} was read back otherwise`);
      }
    }
  } else if (effect.kind === "probe") {
    visit.probed = true;
  } else if (effect.kind === "hook") {
    assert.ok(isApplied(stage, visit), "a hook runs before its stage is applied");
    assert.equal(effect.hook, stage.hooks[visit.hooks.length], "a hook is skipped or doubled");
    visit.hooks.push(effect.hook);
  }
  watch(stage, visit, at);
}

/** People may promote what is applied; the controller may promote only what the samples show. */
function promoted(
  plan: RolloutPlan,
  stage: WatchedStage,
  visit: Visit | undefined,
  { stage: name, by, evidence }: Decision & { kind: "promote" },
): void {
  assert.equal(name, stage.name, "another stage is promoted than the current one");
  assert.ok(visit !== undefined && isApplied(stage, visit), `${name} is promoted and was not applied`);
  if (by !== undefined) {
    return;
  }
  const { watchedFrom } = visit;
  assert.ok(watchedFrom !== undefined, `${name} is promoted before its hooks are done`);
  const samples = visit.samples.filter(({ at }) => at > watchedFrom);
  let covered = 0;
  for (const [index, sample] of samples.entries()) {
    if (stage.gates.every((gate) => scopesOf(plan, stage, gate).every((scope) => says(plan, sample, gate, scope)))) {
      const since = Math.max(samples[index - 1]?.at ?? 0, watchedFrom, sample.at - 1000 * plan.intervalSeconds);
      covered += (sample.at - since) / 1000;
    }
  }
  assert.ok(covered >= stage.soakSeconds, `${name} is promoted with ${covered} s of ${stage.soakSeconds} s`);
  for (const gate of stage.gates) {
    for (const scope of scopesOf(plan, stage, gate)) {
      const last = samples.at(-1);
      assert.ok(last !== undefined, `${name} is promoted without a sample`);
      const result = says(plan, last, gate, scope);
      assert.ok(
        result === "met" || (result !== undefined && gate.action === "warn"),
        `${name} is promoted and ${gate.text} is ${result ?? "unknown"} in ${scope}`,
      );
      const failures = samples.filter((sample) => says(plan, sample, gate, scope) === "unmet").length;
      assert.ok(failures <= gate.limits.failures || gate.action === "warn", `${gate.text} failed ${failures} times`);
      const known = evidence.find((each) => each.rule === gate.text && each.scope === scope);
      assert.ok(known !== undefined && known.samples > 0, `nothing shows ${gate.text} in ${scope}`);
    }
  }
}

/** Where a gate must hold: where its color has requests. */
export function scopesOf(
  plan: RolloutPlan,
  stage: WatchedStage,
  { condition, color }: Pick<Gate, "condition" | "color">,
) {
  const scopes = plan.wanted.find((each) => each.metric === condition.metric && each.color === color)?.scopes ?? [];
  return scopes.filter(
    (scope) => scope === TOTAL || color !== plan.candidate || plan.rolling || shareIn(stage, scope) > 0,
  );
}

/** What a sample says of a condition; undefined when it says nothing. */
export function says(
  plan: RolloutPlan,
  { readings }: Sample,
  { condition, color }: Pick<Gate, "condition" | "color">,
  scope: string,
): "met" | "unmet" | undefined {
  const value = (of: string) => {
    const found = readings.find(
      (each) => each.metric === condition.metric && each.color === of && each.scope === scope,
    );
    return found?.silence === undefined && Number.isFinite(found?.value) ? found!.value : undefined;
  };
  const own = value(color);
  const factor = condition.baseline ? value(plan.active) : 1;
  return own === undefined || factor === undefined
    ? undefined
    : compare(own, condition.comparison, condition.limit * factor)
      ? "met"
      : "unmet";
}
