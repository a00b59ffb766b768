import type { RolloutConfig } from ".";
import type { PartialConfig } from "../checks";
import { seconds } from "../fields";
import type { Issue } from "../issue";
import { routerKind } from "../routers";
import { collect } from "../salvage";
import { checkMetrics } from "./checkMetrics";
import { checkNames } from "./checkNames";
import { checkRecovery, checkSites, refuseRecovery } from "./checkRecovery";
import { checkRules } from "./checkRules";
import { checkSteps } from "./checkSteps";
import { checkTiming } from "./checkTiming";
import { plansOf } from "./parts";

/** What the parts of a rollout must agree on. Each check is pure and reports everything that it finds. */
export const rolloutChecks: readonly ((config: PartialConfig) => Issue[])[] = [
  over(checkNames),
  over(checkRules),
  over(checkMetrics),
  over(checkTiming),
  over(checkRecovery),
  // Where another stack deploys the platform, its regions are known only once its outputs are read.
  ({ rollout, regions, routers }) =>
    rollout === undefined
      ? []
      : checkSteps(rollout, routerKind(routers), regions === undefined ? undefined : Object.keys(regions)),
];

/** What they must agree on besides, where load balancers of AWS keep users on a color. */
export const awsRolloutChecks: readonly ((config: PartialConfig) => Issue[])[] = [
  checkStickiness,
  ({ rollout, regions, database }) =>
    rollout === undefined || regions === undefined || database === undefined
      ? []
      : checkSites(rollout, { regions, database }),
];

/** What a rollout elsewhere may not have. */
export const otherRolloutChecks: readonly ((config: PartialConfig) => Issue[])[] = [over(refuseRecovery)];

function over(check: (rollout: RolloutConfig) => Issue[]): (config: PartialConfig) => Issue[] {
  return ({ rollout }) => (rollout === undefined ? [] : check(rollout));
}

function checkStickiness({ routers, rollout }: PartialConfig): Issue[] {
  if (routers === undefined || rollout === undefined || routers.stickinessSeconds === 0) {
    return [];
  }
  return collect(
    ...plansOf(rollout).map((lazy) => () => {
      const { plan, name } = lazy();
      const soaks = plan.steps.flatMap(({ soak }) => (soak === undefined ? [] : [seconds(soak)]));
      const shortest = Math.min(...soaks);
      return routers.stickinessSeconds < shortest
        ? []
        : [
            {
              path: "routers.stickinessSeconds",
              message: `shorter than the shortest soak of the plan ${name} (${shortest} s), or 0: a sticky user stays on a color that was left`,
              value: routers.stickinessSeconds,
            },
          ];
    }),
  );
}
