import { costOf } from "../cost/cost";
import { costInputs } from "../cost/inputs";
import { PRICES } from "../cost/priceTable";
import { resourcesOf } from "../cost/resources";
import type { ReportOptions } from "../report";
import type { Plan } from "../rollout/engine";
import type { RolloutConfig } from "../stacks/config/rollout";
import type { PlatformConfig } from "../stacks/config/schema";

/**
 * What one color and both cost an hour, as a report shows it.
 *
 * @param plans - What brought up the stack and those that it reads.
 * @param platform - Config of the platform layer; without it nothing says how many students there are, and there is no cost.
 */
export function reportCost(plans: readonly Plan[], platform: PlatformConfig | undefined): Pick<ReportOptions, "cost"> {
  if (platform === undefined) {
    return {};
  }
  const resources = plans.flatMap(({ steps }) => resourcesOf(steps));
  const { hourly, notPriced } = costOf(resources, PRICES, costInputs(platform.cost, platform.regions));
  const left = notPriced.reduce((sum, { count }) => sum + count, 0);
  return {
    cost: {
      ...hourly,
      basis: `List prices of ${PRICES.date}, for the config and the load of the stack files; ${left} resources have no price, or not a whole one. cutover cost names them.`,
    },
  };
}

/** Units of metrics, by name. */
export function unitsOf({ metrics }: Pick<RolloutConfig, "metrics">): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metrics).flatMap(([name, { unit }]) => (unit === undefined ? [] : [[name, unit]])),
  );
}
