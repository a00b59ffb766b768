import { LAYERS_OF } from "./clouds";
import type { Cloud } from "./config/clouds";
import { loadConfig } from "./config/load";
import type { CommonConfig, LayerConfigs } from "./config/schema";
import { applicationContract, type Application } from "./contract/application";
import type { Platform } from "./contract/platform";
import type { TrafficWired } from "./contract/traffic";
import { guard } from "./guard";
import { Providers } from "./providers";
import { readLayer } from "./references";

/** The outputs of a stack: the contract of each layer that it deploys, by the layer's name. */
export interface StackOutputs {
  platform?: Platform;
  application?: Application;
  traffic?: TrafficWired;
}

/**
 * Runs the program: config, which an open rollout may own, then each layer that this stack deploys, in order; the others are
 * read from their stacks. A layer's code, and with it the SDKs of its clouds, is loaded only when the layer is deployed.
 */
export async function run(): Promise<StackOutputs> {
  return runLayers(loadConfig());
}

async function runLayers<C extends Cloud>(
  config: Omit<CommonConfig, "cloud"> & { cloud: C } & LayerConfigs<C>,
): Promise<StackOutputs> {
  const layers = LAYERS_OF[config.cloud];
  await guard();
  const providers = new Providers();
  const outputs: StackOutputs = {};

  const deployed = config.platform === undefined ? undefined : layers.platform(config.platform, providers);
  if (deployed !== undefined) {
    outputs.platform = deployed;
  }
  if (config.application === undefined && config.traffic === undefined) {
    return outputs;
  }
  const platform: Platform<C> = deployed ?? (await readLayer("platform", config.stacks.platform!, layers.contract));

  if (config.application !== undefined) {
    outputs.application = layers.application(config.application, platform, providers);
  }
  if (config.traffic !== undefined) {
    const application =
      outputs.application ?? (await readLayer("application", config.stacks.application!, applicationContract));
    outputs.traffic = layers.traffic(config.traffic, platform, application, providers);
  }
  return outputs;
}
