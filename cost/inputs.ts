import type { CostConfig } from "../stacks/config/cost";

/** What a cost depends on besides the resources: the section `cutover:cost`, and where the students are. */
export interface CostInputs extends CostConfig {
  /** Percentage of all requests by region, as the platform's `regions` say it. Regions without one have no students. */
  shares: Readonly<Record<string, number>>;
}

/** The inputs of a deployment. @param regions - Of the platform's config, or `facts` of its contract. */
export function costInputs(config: CostConfig, regions: Readonly<Record<string, { share: number }>>): CostInputs {
  return { ...config, shares: Object.fromEntries(Object.entries(regions).map(([name, { share }]) => [name, share])) };
}
