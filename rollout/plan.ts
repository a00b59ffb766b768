import { REVERT_PHASE } from "../stacks/config/databaseChange";
import { promotedReplica } from "../stacks/config/database";
import { otherColor, seconds, type Color } from "../stacks/config/fields";
import type { Releases } from "../stacks/config/releases";
import type { RolloutConfig } from "../stacks/config/rollout";
import { parseCondition, type Condition } from "../stacks/config/rollout/condition";
import { shiftsTraffic, type JudgeConfig, type RecoverConfig } from "../stacks/config/rollout/plans";
import { recoverySite, type RecoverablePlatform, type RecoverySite } from "../stacks/config/rollout/recovery";
import { canonicalJson, sha256 } from "./journal/canonical";
import { isJudged, LOOKS_PER_STAGE } from "./core/judged";
import {
  TOTAL,
  type JudgePlan,
  type RollbackPatch,
  type RolloutPlan,
  type Trigger,
  type Wanted,
  type WatchedStage,
} from "./core/plan";
import { ConfigError, EngineError } from "./engine";
import { windowOf } from "./metrics/window";
import { MIGRATION, PAGE_ON, RECOVER_CAPACITY, RECOVER_ROUTE, REVERT, trafficPatch } from "./stage";
import { stagesOf, type Recovery, type ReleaseStacks } from "./stages";

/** What a plan is made from, besides config. */
export interface PlanFacts {
  /** The color that serves. */
  active: Color;
  stacks: ReleaseStacks;
  /** Percentage of all requests of each region that has routers; 0 for those that stand by. */
  regions: Readonly<Record<string, number>>;
  /** What each color runs now: what a rolling release goes back to. */
  releases: Releases;
  /** What the platform's config says, where it can be recovered: what a recovery is made of. */
  platform?: RecoverablePlatform & { stack: string; closed: readonly string[] };
}

/**
 * Everything that a rollout decides before it begins. Pure.
 *
 * @param name - The plan. @default - `config.plan`
 * @throws ConfigError when there is no such plan, or it cannot take the release's change of the database.
 */
export function planOf(config: RolloutConfig, facts: PlanFacts, name = config.plan): RolloutPlan {
  const plan = config.plans[name];
  if (plan === undefined) {
    throw new ConfigError(
      `stack ${facts.stacks.traffic} has no rollout plan ${JSON.stringify(name)}; there are: ${Object.keys(config.plans).join(", ")}`,
    );
  }
  refuseUnsafeChange(config, name);
  const { active, stacks } = facts;
  const rolling = !shiftsTraffic(plan);
  const candidate = rolling ? active : otherColor(active);
  const recovery = plan.recover === undefined ? undefined : recoveryOf(plan.recover, name, facts);
  const stages = stagesOf(config, name, active, stacks, recovery);
  const triggers = plan.triggers.map((trigger): Trigger => {
    const { when, for: lasting, action, decideWithin } = config.triggers[trigger]!;
    return {
      name: trigger,
      text: when,
      condition: parseCondition(when),
      forSeconds: seconds(lasting),
      action,
      ...decide(decideWithin),
      ...(config.metrics[parseCondition(when).metric]!.users ? { users: true } : {}),
    };
  });
  const judge = plan.judge === undefined ? undefined : judgeOf(plan.judge, config, stages, plan.maxAttempts);
  const activeHealthy = config.activeHealthy === undefined ? undefined : parseCondition(config.activeHealthy);
  const regions = recovery === undefined ? servingRegions(facts.regions) : servingInstead(recovery, facts.regions);
  return {
    plan: name,
    // A recovery brings no release: what serves goes on to serve.
    release: recovery === undefined ? config.release.version : (facts.releases[active]?.version ?? active),
    stack: stacks.traffic,
    active,
    candidate,
    rolling,
    ...(recovery === undefined ? {} : { recovery: siteOf(recovery) }),
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
    ...(plan.maintenance === undefined ? {} : { syntheticPerMinute: plan.maintenance.syntheticPerMinute }),
    rollback:
      recovery !== undefined
        ? backToRegion(recovery, stacks)
        : rolling
          ? [backToRelease(facts)]
          : backToColor(config, name, facts),
  };
}

/** @throws ConfigError when there is nothing to recover with. */
function recoveryOf(recover: RecoverConfig, name: string, { platform, stacks }: PlanFacts): Recovery {
  const path = `cutover:rollout.plans.${name}.recover`;
  if (platform === undefined) {
    throw new ConfigError(`${path}: stack ${stacks.traffic} stands on no platform whose regions recover each other`);
  }
  const site = recoverySite(recover, platform);
  if ("key" in site) {
    const value = recover[site.key];
    throw new ConfigError(
      `${path}.${site.key}: ${site.message}${value === undefined ? "" : `; got ${JSON.stringify(value)}`}`,
    );
  }
  const promoted = promotedReplica(platform.database, site.jurisdiction);
  if (promoted !== undefined) {
    throw new ConfigError(
      `${path}: ${promoted} is the database of ${site.jurisdiction} already (database.replicas.${site.jurisdiction}.${promoted}.promote); docs/rollout.md, Recovery, says how the next replica is made`,
    );
  }
  return { ...site, platform: platform.stack, closed: platform.closed };
}

function siteOf({ jurisdiction, region, to, replica }: Recovery): RecoverySite {
  return { jurisdiction, region, to, replica };
}

function servingRegions(regions: PlanFacts["regions"]): Record<string, number> {
  return Object.fromEntries(Object.entries(regions).filter(([, share]) => share > 0));
}

/** The region that takes over is what is judged, with the requests of the lost one. */
function servingInstead({ region, to }: Recovery, regions: PlanFacts["regions"]): Record<string, number> {
  return { [to]: (regions[to] ?? 0) + (regions[region] ?? 0) };
}

/** Before the promotion: the region is opened again, and the other one has its own capacity again. */
function backToRegion({ platform, closed }: Recovery, { application }: ReleaseStacks): RollbackPatch[] {
  const open: RollbackPatch = {
    stack: platform,
    patch: { "edge.closed": [...closed] },
    touches: ["edge"],
    undoes: RECOVER_ROUTE,
  };
  const cool: RollbackPatch = {
    stack: application,
    patch: { "capacity.recovery": "warm" },
    touches: ["pods:blue", "pods:green"],
    undoes: RECOVER_CAPACITY,
  };
  return [open, cool];
}

/** The active color cannot run on what an incompatible change leaves: users must be kept out, and the database be able to go back. */
function refuseUnsafeChange({ databaseChange, databaseRevert, plans }: RolloutConfig, name: string): void {
  if (databaseChange !== "incompatible") {
    return;
  }
  if (plans[name]!.maintenance === undefined) {
    throw new ConfigError(
      `the change of the database is incompatible, and the plan ${name} has no maintenance page: set cutover:rollout.plans.${name}.maintenance, or name a plan that has one with --plan`,
    );
  }
  if (databaseRevert === undefined) {
    throw new ConfigError(
      "the change of the database is incompatible: cutover:rollout.databaseRevert is required, or nobody could be taken back",
    );
  }
}

/**
 * Everybody back to the active color: the routers, what has no weight, the page off. Where the active color cannot run on what
 * the migration left, the page stays until people have had the database go back.
 */
function backToColor(config: RolloutConfig, name: string, { active, stacks }: PlanFacts): RollbackPatch[] {
  const { databaseChange, databaseRevert: revert, release } = config;
  const incompatible = databaseChange === "incompatible";
  const back: RollbackPatch[] = [
    { stack: stacks.traffic, patch: trafficPatch(otherColor(active), 0), touches: ["weights"] },
    { stack: stacks.application, patch: { active }, touches: ["consumers", "active-label"], undoes: "activate" },
  ];
  const pageOff: RollbackPatch[] =
    config.plans[name]!.maintenance === undefined
      ? []
      : [{ stack: stacks.traffic, patch: { "traffic.maintenance": false }, touches: ["maintenance"], undoes: PAGE_ON }];
  const database: RollbackPatch[] =
    revert === undefined || databaseChange === false
      ? []
      : [
          {
            stack: stacks.application,
            patch: { "databaseChange.release": release.version, "databaseChange.phase": REVERT_PHASE },
            touches: ["database-jobs"],
            undoes: MIGRATION,
            asks: {
              stage: REVERT,
              approvals: revert.approvals,
              checklist: revert.checklist,
              ...(incompatible ? {} : { withinSeconds: seconds(revert.within) }),
            },
          },
        ];
  return [...back, ...(incompatible ? [...database, ...pageOff] : [...pageOff, ...database])];
}

/** The digest of a plan: what an approval names, and what tells one plan from another. SHA-256, hexadecimal. */
export function digestOf(plan: RolloutPlan): string {
  return sha256(canonicalJson(plan));
}

function backToRelease({ active, stacks, releases }: PlanFacts): RollbackPatch {
  const release = releases[active];
  if (release === undefined) {
    throw new EngineError(
      `${active} of ${stacks.application} has no release to go back to: cutover:releases.${active} is needed for a rolling release`,
    );
  }
  const patch = { [`releases.${active}`]: release };
  return { stack: stacks.application, patch, touches: [`color:${active}`], undoes: "deploy" };
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
function judgeOf(
  { alpha, from, metrics }: JudgeConfig,
  config: RolloutConfig,
  stages: readonly WatchedStage[],
  attempts: number,
): JudgePlan {
  return {
    alpha,
    from,
    looks: Math.max(1, stages.filter((stage) => isJudged(stage, { from })).length * LOOKS_PER_STAGE * attempts),
    metrics: Object.entries(metrics).map(
      ([name, { metric, events, total, worse, maxRatio, scope, weight, critical }]) => ({
        name,
        of: metric === undefined ? { events: events!, total: total! } : { metric },
        windowSeconds: windowOf(config.metrics[metric ?? total!]!, seconds(config.interval)),
        worse,
        ...(maxRatio === undefined ? {} : { maxRatio }),
        scope,
        weight,
        critical,
      }),
    ),
  };
}
