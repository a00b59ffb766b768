import assert from "node:assert/strict";
import type { RolloutPlan } from "../../../rollout/core/plan";
import type { Decision } from "../../../rollout/core/records";
import { compare, type Condition } from "../../../stacks/config/rollout/condition";
import { BEGIN, Story, type Metric } from "./story";

const DAY = 86_400_000;

/** The value that a metric has where only its relation to the active color, or its slope, is limited. */
const ANY = 50;

/** What each metric of a plan says while all is well, of both colors: every gate is met, and no trigger's condition. */
export function healthyValues({ stages, triggers, activeHealthy }: RolloutPlan): ReadonlyMap<string, number> {
  const wanted = [
    ...stages.flatMap(({ gates }) => gates.map(({ condition }) => ({ condition, holds: true }))),
    ...(activeHealthy === undefined ? [] : [{ condition: activeHealthy, holds: true }]),
    ...triggers.map(({ condition }) => ({ condition, holds: false })),
  ];
  const metrics = [...new Set(wanted.map(({ condition }) => condition.metric))];
  return new Map(
    metrics.map((metric) => {
      const own = wanted.filter(({ condition }) => condition.metric === metric && condition.trendSeconds === undefined);
      const limits = own
        .flatMap(({ condition }) => (condition.baseline ? [] : [condition.limit]))
        .sort((a, b) => a - b);
      const between = limits.slice(1).map((limit, index) => (limits[index]! + limit) / 2);
      // Far enough from each limit that one relative to the active color's value stays beyond it.
      const candidates = limits.length === 0 ? [ANY] : [limits[0]! / 2, ...between, 2 * limits.at(-1)! + 1];
      const value = candidates.find((each) =>
        own.every(
          ({ condition: { comparison, limit, baseline }, holds }) =>
            compare(each, comparison, baseline ? limit * each : limit) === holds,
        ),
      );
      assert.notEqual(value, undefined, `${metric} has no healthy value: its rules contradict each other`);
      return [metric, value!];
    }),
  );
}

/** What a test of one plan is made with. */
export class PlanCases {
  private readonly values: ReadonlyMap<string, number>;

  constructor(readonly plan: RolloutPlan) {
    this.values = healthyValues(plan);
  }

  /** Everything is well. */
  readonly healthy: Metric = (metric) => this.values.get(metric) ?? 0;

  /** A story that begins at midnight: a whole interval for gates that look once a day, too. */
  told(plan = this.plan): Story {
    const story = new Story(plan);
    story.now = Math.ceil(BEGIN / DAY) * DAY;
    story.metric = this.healthy;
    return story;
  }

  /**
   * The value at a condition's limit, or the slope; the nearest that meets it, and the nearest that does not. A slope through
   * points is not exact to the last digit: what is nearest is a thousand times farther.
   */
  around({ metric, comparison, limit, baseline, trendSeconds }: Condition): { at: number; met: number; unmet: number } {
    const at = baseline ? limit * this.values.get(metric)! : limit;
    const up = comparison === ">" || comparison === ">=";
    const near = (trendSeconds === undefined ? 1e-9 : 1e-6) * Math.max(1, Math.abs(at));
    const [above, below] = [at + near, at - near];
    if (trendSeconds !== undefined) {
      return { at, met: up ? above : below, unmet: up ? below : above };
    }
    const inclusive = comparison === "<=" || comparison === ">=";
    return inclusive ? { at, met: at, unmet: up ? below : above } : { at, met: up ? above : below, unmet: at };
  }

  /** Metrics that are healthy but for one, of one color, in some scopes: of this value, or growing by it. */
  but({ metric, trendSeconds }: Condition, color: string, value: number, scopes: readonly string[]): Metric {
    const told = (at: number) =>
      trendSeconds === undefined ? value : ANY + (value * ((at - BEGIN) / 1000)) / trendSeconds;
    return (name, of, scope, at) =>
      name === metric && of === color && scopes.includes(scope) ? told(at) : this.healthy(name, of, scope, at);
  }
}

/** What was decided but to go on. */
export function decided(story: Story): Exclude<Decision, { kind: "promote" }>[] {
  return story.decisions.flatMap((each) => (each.kind === "promote" ? [] : [each]));
}

/** What those decisions were. */
export function kinds(story: Story): string[] {
  return decided(story).map(({ kind }) => kind);
}
