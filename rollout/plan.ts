import { otherColor, seconds, type Color } from "../stacks/config/fields";
import type { Releases } from "../stacks/config/releases";
import type { RolloutConfig } from "../stacks/config/rollout";
import { parseCondition, type Condition } from "../stacks/config/rollout/condition";
import type { JudgeConfig } from "../stacks/config/rollout/plans";
import { canonicalJson, sha256 } from "./journal/canonical";
import { isJudged, LOOKS_PER_STAGE } from "./core/judged";
import { TOTAL, type JudgePlan, type RolloutPlan, type Trigger, type Wanted, type WatchedStage } from "./core/plan";
import { ConfigError, EngineError } from "./engine";
import { stagesOf, trafficPatch, type ReleaseStacks } from "./stages";

/** What a plan is made from, besides config. */
export interface PlanFacts {
  /** The color that serves. */
  active: Color;
  stacks: ReleaseStacks;
  /** Percentage of all requests of each region that has routers; 0 for those that stand by. */
  regions: Readonly<Record<string, number>>;
  /** What each color runs now: what a rolling release goes back to. */
  releases: Releases;
}

/**
 * Everything that a rollout decides before it begins. Pure.
 *
 * @param name - The plan. @default - `config.plan`
 * @throws ConfigError when there is no such plan.
 */
export function planOf(config: RolloutConfig, facts: PlanFacts, name = config.plan): RolloutPlan {
  const plan = config.plans[name];
  if (plan === undefined) {
    throw new ConfigError(
      `stack ${facts.stacks.traffic} has no rollout plan ${JSON.stringify(name)}; there are: ${Object.keys(config.plans).join(", ")}`,
    );
  }
  const { active, stacks } = facts;
  const rolling = plan.strategy === "rolling";
  const candidate = rolling ? active : otherColor(active);
  const stages = stagesOf(config, name, active, stacks);
  const triggers = plan.triggers.map((trigger): Trigger => {
    const { when, for: lasting, action, decideWithin } = config.triggers[trigger]!;
    return {
      name: trigger,
      text: when,
      condition: parseCondition(when),
      forSeconds: seconds(lasting),
      action,
      ...decide(decideWithin),
    };
  });
  const judge = plan.judge === undefined ? undefined : judgeOf(plan.judge, stages, plan.maxAttempts);
  const activeHealthy = config.activeHealthy === undefined ? undefined : parseCondition(config.activeHealthy);
  const regions = Object.fromEntries(Object.entries(facts.regions).filter(([, share]) => share > 0));
  return {
    plan: name,
    release: config.release.version,
    stack: stacks.traffic,
    active,
    candidate,
    rolling,
    regions,
    routed: Object.keys(facts.regions),
    ...(judge === undefined ? {} : { judge }),
    wanted: wanted(config, Object.keys(regions), [
      ...stages.flatMap(({ gates }) => gates.flatMap(({ condition, color }) => readIn(condition, color, active))),
      ...triggers.flatMap(({ condition }) => readIn(condition, candidate, active)),
      ...(activeHealthy === undefined ? [] : readIn(activeHealthy, active, active)),
      ...(judge?.metrics ?? []).flatMap(({ of }) =>
        Object.values(of).flatMap((metric) => [`${metric} ${candidate}`, `${metric} ${active}`]),
      ),
    ]),
    intervalSeconds: seconds(config.interval),
    stages,
    triggers,
    signals: Object.entries(config.signals).map(([signal, { action, decideWithin }]) => ({
      name: signal,
      action,
      ...decide(decideWithin),
    })),
    ...(activeHealthy === undefined ? {} : { activeHealthy }),
    rollbackWindowSeconds: seconds(plan.rollbackWindow),
    maxAttempts: plan.maxAttempts,
    ...(plan.window === undefined ? {} : { window: plan.window }),
    approvers: config.approvers,
    approvalValidSeconds: seconds(config.approvalValid),
    ...(config.allowedSigners === undefined ? {} : { allowedSigners: config.allowedSigners }),
    ...(config.oidc === undefined ? {} : { oidc: config.oidc }),
    updateEverySeconds: seconds(config.updateEvery),
    rollback: rolling
      ? [backToRelease(facts)]
      : [
          { stack: stacks.traffic, patch: trafficPatch(candidate, 0), touches: ["weights"] },
          { stack: stacks.application, patch: { active }, touches: ["consumers"] },
        ],
  };
}

/** The digest of a plan: what an approval names, and what tells one plan from another. SHA-256, hexadecimal. */
export function digestOf(plan: RolloutPlan): string {
  return sha256(canonicalJson(plan));
}

function backToRelease({ active, stacks, releases }: PlanFacts): RolloutPlan["rollback"][number] {
  const release = releases[active];
  if (release === undefined) {
    throw new EngineError(
      `${active} of ${stacks.application} has no release to go back to: cutover:releases.${active} is needed for a rolling release`,
    );
  }
  return { stack: stacks.application, patch: { [`releases.${active}`]: release }, touches: [`color:${active}`] };
}

function decide(within: string | undefined): { decideWithinSeconds?: number } {
  return within === undefined ? {} : { decideWithinSeconds: seconds(within) };
}

/** The readings that a condition needs: its own, and the active color's where it compares with it. As `metric color`. */
function readIn({ metric, baseline }: Condition, color: Color, active: Color): string[] {
  return [`${metric} ${color}`, ...(baseline ? [`${metric} ${active}`] : [])];
}

/** @param readings - As `metric color`; each is read once, whatever needs it. */
function wanted({ metrics }: RolloutConfig, regions: readonly string[], readings: readonly string[]): Wanted[] {
  return [...new Set(readings)].map((reading) => {
    const [metric, color] = reading.split(" ") as [string, Color];
    const { total } = metrics[metric]!;
    return { metric, color, scopes: [...(total === "only" ? [] : regions), ...(total === "none" ? [] : [TOTAL])] };
  });
}

/** How the candidate is judged. Each watched shift may be attempted again, and looked at a second time when the first look saw too little. */
function judgeOf({ alpha, from, metrics }: JudgeConfig, stages: readonly WatchedStage[], attempts: number): JudgePlan {
  return {
    alpha,
    from,
    looks: Math.max(1, stages.filter((stage) => isJudged(stage, { from })).length * LOOKS_PER_STAGE * attempts),
    metrics: Object.entries(metrics).map(
      ([name, { metric, events, total, worse, maxRatio, scope, weight, critical }]) => ({
        name,
        of: metric === undefined ? { events: events!, total: total! } : { metric },
        worse,
        ...(maxRatio === undefined ? {} : { maxRatio }),
        scope,
        weight,
        critical,
      }),
    ),
  };
}
