import type { RolloutConfig } from ".";
import { seconds } from "../fields";
import type { Issue } from "../issue";
import { collect } from "../salvage";
import { parseCondition } from "./condition";
import { partsOf, plansOf, type NamedPlan, type Part } from "./parts";
import { shiftsTraffic } from "./plans";
import type { Action, Limits } from "./rules";

/** What gates, triggers and signals must be, and the interval at which they are looked at. */
export function checkRules(rollout: RolloutConfig): Issue[] {
  const { triggers, signals } = rollout;
  return collect(
    () => checkInterval(rollout.interval),
    ...Object.keys(triggers).flatMap((name) => [
      () => checkFor(`rollout.triggers.${name}.for`, triggers[name]!.for, rollout.interval),
      () => checkDecideWithin(`rollout.triggers.${name}`, triggers[name]!),
    ]),
    ...Object.keys(signals).map((name) => () => checkDecideWithin(`rollout.signals.${name}`, signals[name]!)),
    () => checkActiveHealthy(rollout),
    ...plansOf(rollout).flatMap((plan) => [
      () => checkTriggersAlone(rollout, plan()),
      () => checkJudge(plan(), rollout.metrics),
      () => collect(...partsOf(plan()).map((part) => () => checkGates(part(), plan()))),
      () => checkBlackouts(plan()),
    ]),
  );
}

function checkInterval(interval: string): Issue[] {
  return seconds(interval) >= 1 ? [] : [{ path: "rollout.interval", message: "1s at least", value: interval }];
}

/** A trigger sees its time at samples only: two of them at least, and one at its end. */
function checkFor(path: string, lasting: string, interval: string): Issue[] {
  const [length, step] = [seconds(lasting), seconds(interval)];
  if (step === 0) {
    return [];
  }
  if (length < 2 * step) {
    return [
      { path, message: `at least twice rollout.interval (${interval}): what lasts less is not seen`, value: lasting },
    ];
  }
  return length % step === 0
    ? []
    : [{ path, message: `a multiple of rollout.interval (${interval}): it would fire late`, value: lasting }];
}

function checkDecideWithin(path: string, rule: { action: Action; decideWithin?: string }): Issue[] {
  return rule.decideWithin === undefined || rule.action === "hold"
    ? []
    : [
        {
          path: `${path}.decideWithin`,
          message: `only with action hold: ${rule.action} waits for nobody`,
          value: rule.decideWithin,
          remove: true,
        },
      ];
}

function checkGates({ kind, gates }: Part, { plan }: NamedPlan): Issue[] {
  return gates.flatMap(({ path, condition, gate }) => {
    const issues = baseline(path, condition, kind === "before" || !shiftsTraffic(plan));
    if (gate === undefined) {
      return issues;
    }
    const at = path.replace(/\.require$/, "");
    if (gate.action === "step-back" && (kind === "before" || !shiftsTraffic(plan))) {
      issues.push({
        path: `${at}.action`,
        message: "warn, hold or rollback: there is no step to go back to",
        value: gate.action,
      });
    }
    return [...issues, ...checkDecideWithin(at, gate), ...checkLimits(`${at}.limits`, gate.limits)];
  });
}

/** Failures in a row are failures, too: only a limit below that of all of them is ever exceeded first. */
function checkLimits(path: string, { failures, failuresInARow }: Limits): Issue[] {
  return failuresInARow === undefined || failuresInARow < failures
    ? []
    : [
        {
          path: `${path}.failuresInARow`,
          message: `below ${path.split(".").at(-1)}.failures (${failures}), which acts before it otherwise`,
          value: failuresInARow,
        },
      ];
}

function checkTriggersAlone({ triggers }: RolloutConfig, { plan, path }: NamedPlan): Issue[] {
  return plan.triggers.flatMap((name, index) => {
    const when = triggers[name]?.when;
    return shiftsTraffic(plan) || when === undefined ? [] : baseline(`${path}.triggers[${index}]`, when, true);
  });
}

function checkJudge({ plan, path }: NamedPlan, metrics: RolloutConfig["metrics"]): Issue[] {
  const { judge } = plan;
  if (judge === undefined) {
    return [];
  }
  if (!shiftsTraffic(plan)) {
    const message = "none: there is no other color to compare with here";
    return [{ path: `${path}.judge`, message, value: judge, remove: true }];
  }
  return Object.entries(judge.metrics).flatMap(([name, { events, total }]) =>
    events === undefined || total === undefined
      ? []
      : sameWindow(`${path}.judge.metrics.${name}.events`, events, total, metrics),
  );
}

/** What is counted of something is counted over the same time. */
function sameWindow(path: string, events: string, total: string, metrics: RolloutConfig["metrics"]): Issue[] {
  const [part, whole] = [metrics[events], metrics[total]];
  if (part === undefined || whole === undefined || part.window === whole.window) {
    return [];
  }
  const message = `a count over the same window as its total ${total} (${windowOf(whole)}): that of ${events} is ${windowOf(part)}`;
  return [{ path, message, value: events }];
}

function windowOf({ window = "the interval" }: RolloutConfig["metrics"][string]): string {
  return window;
}

function checkActiveHealthy({ activeHealthy, metrics }: RolloutConfig): Issue[] {
  if (activeHealthy === undefined) {
    return [];
  }
  const path = "rollout.activeHealthy";
  const { metric } = parseCondition(activeHealthy);
  return [
    ...baseline(path, activeHealthy, true),
    ...(parseCondition(activeHealthy).trendSeconds === undefined
      ? []
      : [{ path, message: "no trend: it is looked at as it is now", value: activeHealthy }]),
    ...(metrics[metric]?.total === "only"
      ? [{ path, message: `a metric of each region: rollout.metrics.${metric}.total is only`, value: activeHealthy }]
      : []),
  ];
}

/** Where only one color runs, or the color is the active one itself, nothing can be compared with the active color. */
function baseline(path: string, condition: string, alone: boolean): Issue[] {
  return alone && parseCondition(condition).baseline
    ? [{ path, message: "a limit that is a number: there is no other color to compare with here", value: condition }]
    : [];
}

function checkBlackouts({ plan, path }: NamedPlan): Issue[] {
  return (plan.window?.blackouts ?? []).flatMap(({ from, to }, index) =>
    from <= to ? [] : [{ path: `${path}.window.blackouts[${index}].to`, message: `${from} or later`, value: to }],
  );
}
