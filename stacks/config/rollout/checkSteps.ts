import type { RolloutConfig } from ".";
import { inexpressible, type RouterKind } from "../../../components/traffic/split";
import { seconds } from "../fields";
import type { Issue } from "../issue";
import { collect } from "../salvage";
import { plansOf, type NamedPlan } from "./parts";
import { HOOKED_STAGES, shiftsTraffic, type Plan, type PlanLookout, type PlanStep } from "./plans";

/** What stages that no step makes are called: a journal, and an approval, tell stages by their names. */
const OTHER_STAGES =
  /^(check|go-no-go|place|deploy|database-.*|smoke|capacity-.*|validate|activate|watch|retire|complete|maintenance-.*|recover-.*)$/;

/** What the steps of each plan must be. @param router - What their shares are expressed in. @param regions - Those of the platform, where they are known. */
export function checkSteps(
  rollout: RolloutConfig,
  router: RouterKind,
  regions: readonly string[] | undefined,
): Issue[] {
  return collect(...plansOf(rollout).map((plan) => () => checkPlan(plan(), router, regions)));
}

function checkPlan(named: NamedPlan, router: RouterKind, regions: readonly string[] | undefined): Issue[] {
  const { plan, path } = named;
  const indexes = Array.from({ length: plan.steps.length }, (_, index) => index);
  return collect(
    () => checkCount(named),
    () => checkShares(named),
    () => checkStageNames(named),
    ...indexes.flatMap((index) => [
      () => checkShare(router, `${path}.steps[${index}].share`, plan.steps[index]!.share),
      () => checkSoak(`${path}.steps[${index}]`, plan.steps[index]!, needsSoak(plan.steps[index]!, index, plan)),
      () => checkStanding(`${path}.steps[${index}]`, plan.steps[index]!),
      () => checkRegions(`${path}.steps[${index}].regions`, plan.steps[index]!.regions, regions),
    ]),
    () => checkSoak(`${path}.validate`, plan.validate, true),
    ...Array.from({ length: plan.watch.length }, (_, index) => () => {
      const look = plan.watch[index]!;
      const at = `${path}.watch[${index}]`;
      return [...checkSoak(at, look, look.gates.length > 0), ...checkIdle(at, look)];
    }),
    () => checkHooks(named),
  );
}

/** Whether a step must be watched: what follows the last one is the validation, and a sign-off is not watched but signed. */
function needsSoak(step: PlanStep, index: number, { steps }: Plan): boolean {
  return step.share === undefined ? step.gates.length > 0 : index + 1 < steps.length;
}

/** What a step that shifts nothing must be. */
function checkStanding(path: string, step: PlanStep): Issue[] {
  if (step.share !== undefined) {
    return [];
  }
  const issues = checkIdle(path, step);
  if (step.name === undefined) {
    issues.push({ path: `${path}.name`, message: "is required for a step without share" });
  }
  if (step.regions !== undefined) {
    issues.push({
      path: `${path}.regions`,
      message: "only with share: a step without one shifts nothing",
      value: step.regions,
      remove: true,
    });
  }
  return issues;
}

/** A stage that changes nothing does something else. */
function checkIdle(path: string, { soak, hooks, approvals }: PlanLookout | PlanStep): Issue[] {
  return soak === undefined && hooks.length === 0 && approvals.length === 0
    ? [{ path, message: "soak, hooks or approvals: a stage with none of them does nothing" }]
    : [];
}

/** A hook of a stage that is not there would never run, and nobody would see it. */
function checkHooks({ plan, path }: NamedPlan): Issue[] {
  const { strategy, retire, maintenance, hooks } = plan;
  const recovers = (stage: string) => stage.startsWith("recover-");
  const here = HOOKED_STAGES.filter((stage) =>
    shiftsTraffic(plan)
      ? !recovers(stage) &&
        (stage !== "retire" || retire) &&
        (!stage.startsWith("maintenance-") || maintenance !== undefined)
      : stage === "complete" || (strategy === "recovery" ? recovers(stage) : stage === "deploy"),
  );
  return Object.keys(hooks)
    .filter((stage) => !here.some((each) => each === stage))
    .map((stage) => ({
      path: `${path}.hooks.${stage}`,
      message: `a stage that this plan has: ${here.join(", ")}`,
      value: hooks[stage as keyof typeof hooks],
      remove: true,
    }));
}

function checkCount({ plan, path }: NamedPlan): Issue[] {
  const { strategy, steps } = plan;
  if (!shiftsTraffic(plan)) {
    return steps.length === 0
      ? []
      : [{ path: `${path}.steps`, message: `none: a ${strategy} plan shifts no traffic`, value: steps, remove: true }];
  }
  return steps.length > 0
    ? []
    : [{ path: `${path}.steps`, message: `at least one step: ${strategy} shifts traffic`, value: steps }];
}

/** In each region the share grows or stays, each step raises it somewhere, and the last leaves it at 100 everywhere. */
function checkShares({ plan, path }: NamedPlan): Issue[] {
  const rest = "every other region";
  const shares = new Map([rest, ...plan.steps.flatMap(({ regions }) => regions ?? [])].map((region) => [region, 0]));
  if (plan.steps.length > 0 && plan.steps[0]!.share === undefined) {
    return [
      { path: `${path}.steps[0].share`, message: "is required: before the first shift, the candidate has nothing" },
    ];
  }
  for (const [index, { share, regions }] of plan.steps.entries()) {
    if (share === undefined) {
      continue;
    }
    const touched = regions ?? [...shares.keys()];
    const before = touched.map((region) => shares.get(region)!);
    const most = Math.max(...before);
    if (share < most || before.every((each) => each === share)) {
      const message = `above ${most}, what the steps before have reached: shares grow from step to step; a step that watches on at the same share has none`;
      return [{ path: `${path}.steps[${index}].share`, message, value: share }];
    }
    touched.forEach((region) => shares.set(region, share));
  }
  const short = [...shares].find(([, share]) => share !== 100);
  const last = plan.steps.findLastIndex(({ share }) => share !== undefined);
  return short === undefined || plan.steps.length === 0
    ? []
    : [
        {
          path: `${path}.steps[${last}].share`,
          message: `100, so that the last step serves everybody: ${short[0] === rest ? "the candidate" : short[0]} ends at ${short[1]} %`,
          value: plan.steps[last]!.share,
        },
      ];
}

function checkShare(router: RouterKind, path: string, value: number | undefined): Issue[] {
  const message = value === undefined ? undefined : inexpressible(router, value);
  return message === undefined ? [] : [{ path, message, value }];
}

/** @param needed - Whether it is watched at all; what follows the last step is the validation. */
function checkSoak(path: string, { soak, maxSoak }: { soak?: string; maxSoak?: string }, needed: boolean): Issue[] {
  const issues: Issue[] = [];
  if (soak === undefined ? needed : seconds(soak) === 0) {
    issues.push({
      path: `${path}.soak`,
      message: needed ? "more than 0s: a stage that nobody watches proves nothing" : "more than 0s, or left out",
      value: soak,
    });
  }
  if (maxSoak !== undefined && (soak === undefined || seconds(maxSoak) < seconds(soak))) {
    issues.push({
      path: `${path}.maxSoak`,
      message: soak === undefined ? "only together with soak" : `at least soak (${soak})`,
      value: maxSoak,
    });
  }
  return issues;
}

function checkRegions(
  path: string,
  named: readonly string[] | undefined,
  known: readonly string[] | undefined,
): Issue[] {
  return known === undefined
    ? []
    : (named ?? []).flatMap((region, index) =>
        known.includes(region)
          ? []
          : [{ path: `${path}[${index}]`, message: `one of ${known.join(", ")}`, value: region }],
      );
}

function checkStageNames({ plan, path }: NamedPlan): Issue[] {
  const named = [
    ...plan.steps.map(({ name }, index) => ({ name, at: `steps[${index}]` })),
    ...plan.watch.map(({ name }, index) => ({ name, at: `watch[${index}]` })),
  ];
  return named.flatMap(({ name, at }, index) => {
    if (name === undefined) {
      return [];
    }
    if (OTHER_STAGES.test(name)) {
      const message = `another name: a stage that every release has is called ${name}`;
      return [{ path: `${path}.${at}.name`, message, value: name }];
    }
    const before = named.slice(0, index).find((other) => other.name === name);
    return before === undefined
      ? []
      : [{ path: `${path}.${at}.name`, message: `another name: ${before.at} has it already`, value: name }];
  });
}
