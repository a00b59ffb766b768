/** The topology of a deployment as a drawing: from its resources to SVG. */
import { graphOf, type ResourceRecord } from "../policies/graph";
import { isComponentOrProvider } from "../cost/resources";
import { ConfigError, type Json } from "../rollout/engine";
import { applicationContract } from "../stacks/contract/application";
import { platformOutputs } from "../stacks/contract/platform";
import { trafficContract } from "../stacks/contract/traffic";
import { topologySvg } from "./svg";
import { topologyOf, type Contracts } from "./topology";

/** A stack as it was brought up. */
export interface DeployedStack {
  stack: string;
  records: readonly ResourceRecord[];
  outputs: Readonly<Record<string, Json>>;
}

/**
 * Draws the stacks of a deployment. Pure.
 *
 * @param stacks - The stack that is asked for, and those that it reads.
 * @throws ConfigError when none of them deploys the platform layer: there is no region to draw.
 */
export function graphSvg(stacks: readonly DeployedStack[]): string {
  const outputs = Object.fromEntries(stacks.flatMap((stack) => Object.entries(stack.outputs)));
  if (outputs.platform === undefined) {
    throw new ConfigError(
      `there is no region to draw: none of ${stacks.map(({ stack }) => stack).join(", ")} deploys the platform layer, and cutover:stacks names no stack that does`,
    );
  }
  const contracts: Contracts = {
    platform: platformOutputs(outputs.platform),
    ...(outputs.application === undefined ? {} : { application: applicationContract.parse(outputs.application) }),
    ...(outputs.traffic === undefined ? {} : { traffic: trafficContract.parse(outputs.traffic) }),
  };
  const graph = graphOf(
    stacks.flatMap(({ records }) => records),
    "all",
  );
  return topologySvg(
    topologyOf(
      graph,
      contracts,
      stacks.map(({ stack, records }) => ({
        stack,
        resources: records.filter((record) => !isComponentOrProvider(record)).length,
      })),
    ),
  );
}
