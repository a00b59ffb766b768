import type { RolloutConfig } from ".";
import { inexpressible } from "../../../components/traffic/split";
import { seconds } from "../fields";
import type { Issue } from "../issue";
import { collect } from "../salvage";
import { plansOf, type NamedPlan } from "./parts";

/** What stages that no step makes are called: a journal, and an approval, tell stages by their names. */
const OTHER_STAGES =
  /^(check|go-no-go|deploy|database-.*|smoke|capacity-.*|validate|activate|watch|retire|complete|maintenance-.*)$/;

/** What the steps of each plan must be. @param regions - Those of the platform, where they are known. */
export function checkSteps(rollout: RolloutConfig, regions: readonly string[] | undefined): Issue[] {
  return collect(...plansOf(rollout).map((plan) => () => checkPlan(plan(), regions)));
}

function checkPlan(named: NamedPlan, regions: readonly string[] | undefined): Issue[] {
  const { plan, path } = named;
  const indexes = Array.from({ length: plan.steps.length }, (_, index) => index);
  return collect(
    () => checkCount(named),
    () => checkShares(named),
    () => checkStageNames(named),
    ...indexes.flatMap((index) => [
      () => checkShare(`${path}.steps[${index}].share`, plan.steps[index]!.share),
      () => checkSoak(`${path}.steps[${index}]`, plan.steps[index]!, index + 1 < plan.steps.length),
      () => checkRegions(`${path}.steps[${index}].regions`, plan.steps[index]!.regions, regions),
    ]),
    () => checkSoak(`${path}.validate`, plan.validate, true),
  );
}

function checkCount({ plan, path }: NamedPlan): Issue[] {
  const { strategy, steps } = plan;
  if (strategy === "rolling") {
    return steps.length === 0
      ? []
      : [{ path: `${path}.steps`, message: "none: a rolling release shifts no traffic", value: steps, remove: true }];
  }
  return steps.length > 0
    ? []
    : [{ path: `${path}.steps`, message: `at least one step: ${strategy} shifts traffic`, value: steps }];
}

/** In each region the share grows or stays, each step raises it somewhere, and the last leaves it at 100 everywhere. */
function checkShares({ plan, path }: NamedPlan): Issue[] {
  const rest = "every other region";
  const shares = new Map([rest, ...plan.steps.flatMap(({ regions }) => regions ?? [])].map((region) => [region, 0]));
  for (const [index, { share, regions }] of plan.steps.entries()) {
    const touched = regions ?? [...shares.keys()];
    const before = touched.map((region) => shares.get(region)!);
    const most = Math.max(...before);
    if (share < most || before.every((each) => each === share)) {
      const message = `above ${most}, what the steps before have reached: shares grow from step to step`;
      return [{ path: `${path}.steps[${index}].share`, message, value: share }];
    }
    touched.forEach((region) => shares.set(region, share));
  }
  const short = [...shares].find(([, share]) => share !== 100);
  return short === undefined || plan.steps.length === 0
    ? []
    : [
        {
          path: `${path}.steps[${plan.steps.length - 1}].share`,
          message: `100, so that the last step serves everybody: ${short[0] === rest ? "the candidate" : short[0]} ends at ${short[1]} %`,
          value: plan.steps.at(-1)!.share,
        },
      ];
}

function checkShare(path: string, value: number): Issue[] {
  const message = inexpressible("alb-listener-rule", value);
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
  const names = plan.steps.map(({ name }) => name);
  return names.flatMap((name, index) => {
    const at = `${path}.steps[${index}].name`;
    if (name === undefined) {
      return [];
    }
    if (OTHER_STAGES.test(name)) {
      return [{ path: at, message: `another name: a stage that every release has is called ${name}`, value: name }];
    }
    return names.indexOf(name) < index
      ? [{ path: at, message: `another name: steps[${names.indexOf(name)}] has it already`, value: name }]
      : [];
  });
}
