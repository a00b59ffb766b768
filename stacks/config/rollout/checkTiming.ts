import type { RolloutConfig } from ".";
import { minutesIn } from "../../../rollout/core/window";
import { windowOf } from "../../../rollout/metrics/window";
import { stagesOf } from "../../../rollout/stages";
import { seconds } from "../fields";
import type { Issue } from "../issue";
import { collect } from "../salvage";
import { parseCondition } from "./condition";
import { partsOf, plansOf, type NamedPlan, type Part } from "./parts";
import { shiftsTraffic, type Plan } from "./plans";

/** When the stages of each plan act and look, and what their gates may be about while the maintenance page is on. */
export function checkTiming(rollout: RolloutConfig): Issue[] {
  return collect(
    ...Object.keys(rollout.triggers).map(
      (name) => () => checkTrendTime(`rollout.triggers.${name}.when`, rollout.triggers[name]!.when, rollout.interval),
    ),
    ...plansOf(rollout).flatMap((plan) => [
      () => checkWatch(plan()),
      () => checkTimetable(rollout, plan()),
      () => checkMaintenance(rollout, plan()),
      () => collect(...partsOf(plan()).map((part) => () => checkCadence(rollout, plan(), part()))),
      () => collect(...partsOf(plan()).map((part) => () => checkTrends(rollout, plan(), part()))),
    ]),
  );
}

/** Stages of the rollback window fill it at most. */
function checkWatch({ plan, path }: NamedPlan): Issue[] {
  const soaked = plan.watch.reduce((sum, { soak }) => sum + (soak === undefined ? 0 : seconds(soak)), 0);
  return soaked <= seconds(plan.rollbackWindow)
    ? []
    : [
        {
          path: `${path}.rollbackWindow`,
          message: `at least ${soaked}s: the stages of ${path}.watch take that long`,
          value: plan.rollbackWindow,
        },
      ];
}

/** Planned times are of stages that there are, lie in the window, and in the order in which stages come. */
function checkTimetable(rollout: RolloutConfig, { plan, path, name }: NamedPlan): Issue[] {
  const { window, timetable } = plan;
  const entries = Object.entries(timetable);
  if (window === undefined) {
    return entries.length === 0
      ? []
      : [
          {
            path: `${path}.timetable`,
            message: "only with window: its zone and its hours are those of the times",
            value: timetable,
          },
        ];
  }
  const stages = stagesOf(rollout, name, "blue", { application: "application", traffic: "traffic" }).map(
    (stage) => stage.name,
  );
  const issues: Issue[] = [];
  let latest: string | undefined;
  for (const [stage, time] of entries.sort(([one], [other]) => stages.indexOf(one) - stages.indexOf(other))) {
    const at = `${path}.timetable.${stage}`;
    if (!stages.includes(stage)) {
      issues.push({ path: at, message: `a stage of the plan: ${stages.join(", ")}`, value: stage });
      continue;
    }
    if (minutesIn(window, time) >= minutesIn(window, window.to)) {
      issues.push({ path: at, message: `from ${window.from} and before ${window.to}, in the window`, value: time });
    } else if (latest !== undefined && minutesIn(window, time) < minutesIn(window, timetable[latest]!)) {
      issues.push({ path: at, message: `${timetable[latest]} or later: ${latest} comes before it`, value: time });
    }
    latest = stage;
  }
  return issues;
}

/** While the page is on there are no users: a gate on what they do would wait for ever. */
function checkMaintenance({ metrics }: RolloutConfig, named: NamedPlan): Issue[] {
  const { plan, path } = named;
  if (plan.maintenance === undefined) {
    return [];
  }
  if (!shiftsTraffic(plan)) {
    return [
      {
        path: `${path}.maintenance`,
        message: `none: a ${plan.strategy} plan shifts no traffic`,
        value: plan.maintenance,
        remove: true,
      },
    ];
  }
  return collect(
    ...partsOf(named).map((part) => () => {
      const { kind, gates } = part();
      return kind === "before" || kind === "watch"
        ? []
        : gates
            .filter(({ condition }) => metrics[parseCondition(condition).metric]?.users === true)
            .map(({ path: at, condition }) => ({
              path: at,
              message: `a metric that is not about users, who get the maintenance page: this gate belongs into ${path}.watch`,
              value: condition,
            }));
    }),
  );
}

/** A trend is seen once its time has passed since the shift: a stage must be able to wait for that, and to be covered then. */
function checkTrends({ interval }: RolloutConfig, { plan }: NamedPlan, part: Part): Issue[] {
  return part.gates.flatMap(({ path, condition }) => {
    const { trendSeconds } = parseCondition(condition);
    if (trendSeconds === undefined) {
      return [];
    }
    const short = checkTrendTime(path, condition, interval);
    if (short.length > 0) {
      return short;
    }
    const look = lookOf(plan, part);
    const soak = seconds(look?.soak ?? "0s");
    const most = look?.maxSoak === undefined ? 2 * soak : seconds(look.maxSoak);
    return look !== undefined && most >= soak + trendSeconds
      ? []
      : [
          {
            path,
            message:
              look === undefined
                ? "no trend: this is looked at once"
                : `no trend, or a maxSoak of ${soak + trendSeconds}s at least: it is seen after ${trendSeconds}s, and the soak comes then`,
            value: condition,
          },
        ];
  });
}

/** A slope through a few points is chance. */
function checkTrendTime(path: string, condition: string, interval: string): Issue[] {
  const { trendSeconds } = parseCondition(condition);
  const least = 20 * seconds(interval);
  return trendSeconds === undefined || trendSeconds >= least
    ? []
    : [{ path, message: `a trend per ${least}s at least: twenty samples are needed to see one`, value: condition }];
}

function lookOf(plan: Plan, { kind, path }: Part): { interval?: string; soak?: string; maxSoak?: string } | undefined {
  const index = Number(/\[(\d+)\]$/.exec(path)?.[1]);
  switch (kind) {
    case "step":
      return plan.steps[index];
    case "watch":
      return plan.watch[index];
    case "validate":
      return plan.validate;
    default:
      return undefined;
  }
}

/** Gates that look less often see all the time between two looks, and the stage has a look. */
function checkCadence({ interval: step, metrics }: RolloutConfig, { plan }: NamedPlan, part: Part): Issue[] {
  const look = lookOf(plan, part);
  if (look?.interval === undefined) {
    return [];
  }
  const length = seconds(look.interval);
  const path = `${part.path}.interval`;
  if (length === 0 || length % seconds(step) !== 0) {
    return [{ path, message: `a multiple of rollout.interval (${step})`, value: look.interval }];
  }
  if (look.soak === undefined || seconds(look.soak) < length) {
    return [
      { path, message: `at most soak (${look.soak ?? "none"}): its gates would not look once`, value: look.interval },
    ];
  }
  return part.gates.flatMap(({ path: at, condition }) => {
    const { metric } = parseCondition(condition);
    const window = metrics[metric] === undefined ? length : windowOf(metrics[metric], seconds(step));
    return window >= length
      ? []
      : [
          {
            path: at,
            message: `a metric over ${look.interval} at least: ${metric} is about ${window}s, and what happens between two looks of this stage is not in it`,
            value: condition,
          },
        ];
  });
}
