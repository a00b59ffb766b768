import type { RolloutConfig } from ".";
import type { Issue } from "../issue";
import { collect } from "../salvage";
import { plansOf, type NamedPlan } from "./parts";
import { recoverySite, type RecoverablePlatform } from "./recovery";

/** What plans that activate another region have, and what they have not. */
export function checkRecovery(rollout: RolloutConfig): Issue[] {
  return collect(...plansOf(rollout).map((plan) => () => checkPlan(plan())));
}

function checkPlan({ plan, path }: NamedPlan): Issue[] {
  if (plan.strategy !== "recovery") {
    return plan.recover === undefined
      ? []
      : [{ path: `${path}.recover`, message: "only with strategy recovery", value: plan.recover, remove: true }];
  }
  const missing =
    plan.recover === undefined
      ? [{ path: `${path}.recover`, message: "is required with strategy recovery: { region: the lost one }" }]
      : [];
  const idle = (["triggers", "watch"] as const)
    .filter((key) => plan[key].length > 0)
    .map((key) => ({
      path: `${path}.${key}`,
      message: "none: a promotion is final, so there is nothing that they could take anybody back to",
      value: plan[key],
      remove: true,
    }));
  const asked =
    plan.before.approvals.length > 0
      ? []
      : [
          {
            path: `${path}.before.approvals`,
            message: "one role at least: a promotion is final, so somebody decides on it",
            value: plan.before.approvals,
          },
        ];
  return [...missing, ...idle, ...asked];
}

/** That there is something to recover with, where the platform stands in the same stack; elsewhere the plan is refused when it is made. */
export function checkSites(rollout: RolloutConfig, platform: RecoverablePlatform): Issue[] {
  return collect(
    ...plansOf(rollout).map((lazy) => () => {
      const { plan, path } = lazy();
      const site = plan.recover === undefined ? undefined : recoverySite(plan.recover, platform);
      return site === undefined || !("key" in site)
        ? []
        : [{ path: `${path}.recover.${site.key}`, message: site.message, value: plan.recover![site.key] }];
    }),
  );
}

/** Only the platform on AWS has regions that recover each other. */
export function refuseRecovery(rollout: RolloutConfig): Issue[] {
  return collect(
    ...plansOf(rollout).map((lazy) => () => {
      const { plan, path } = lazy();
      return plan.strategy === "recovery"
        ? [
            {
              path: `${path}.strategy`,
              message: "recovery only with cloud aws: no other has regions that recover each other",
              value: plan.strategy,
            },
          ]
        : [];
    }),
  );
}
