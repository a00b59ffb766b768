import { loadConfig } from "./config/load";
import { applicationContract, type Application } from "./contract/application";
import { platformContract, type Platform } from "./contract/platform";
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
  const config = loadConfig();
  await guard();
  const providers = new Providers();
  const outputs: StackOutputs = {};

  if (config.platform !== undefined) {
    const { platform } = require("./platform") as typeof import("./platform");
    outputs.platform = platform(config.platform, providers);
  }
  if (config.application === undefined && config.traffic === undefined) {
    return outputs;
  }
  const platform: Platform =
    outputs.platform ?? (await readLayer("platform", config.stacks.platform!, platformContract));

  if (config.application !== undefined) {
    const { application } = require("./application") as typeof import("./application");
    outputs.application = application(config.application, platform, providers);
  }
  if (config.traffic !== undefined) {
    const application: Application =
      outputs.application ?? (await readLayer("application", config.stacks.application!, applicationContract));
    const { traffic } = require("./traffic") as typeof import("./traffic");
    outputs.traffic = traffic(config.traffic, platform, application, providers);
  }
  return outputs;
}
