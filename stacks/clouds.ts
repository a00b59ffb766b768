import type { z } from "zod";
import type { Cloud } from "./config/clouds";
import type { ApplicationConfig, PlatformConfig, TrafficConfig } from "./config/schema";
import type { Application } from "./contract/application";
import { PLATFORM_CONTRACTS, type Platform } from "./contract/platform";
import type { TrafficWired } from "./contract/traffic";
import type { Providers } from "./providers";

/** The layers as one cloud's deployments have them. */
export interface CloudLayers<C extends Cloud> {
  /** What the outputs of its platform keep. */
  contract: z.ZodType<Platform<C>>;
  platform: (config: PlatformConfig<C>, providers: Providers) => Platform<C>;
  application: (config: ApplicationConfig<C>, platform: Platform<C>, providers: Providers) => Application;
  traffic: (
    config: TrafficConfig<C>,
    platform: Platform<C>,
    application: Application,
    providers: Providers,
  ) => TrafficWired;
}

/**
 * The layers of each cloud. Their code, and with it the SDKs that they use, is loaded when a stack deploys the layer, and not
 * before: a stack that only shifts weights loads none of what makes clusters.
 */
export const LAYERS_OF: { readonly [C in Cloud]: CloudLayers<C> } = {
  aws: {
    contract: PLATFORM_CONTRACTS.aws,
    platform: (...args) => (require("./platform/aws") as typeof import("./platform/aws")).platform(...args),
    application: (...args) => (require("./application/aws") as typeof import("./application/aws")).application(...args),
    traffic: (...args) => (require("./traffic/aws") as typeof import("./traffic/aws")).traffic(...args),
  },
  azure: {
    contract: PLATFORM_CONTRACTS.azure,
    platform: (...args) => (require("./platform/azure") as typeof import("./platform/azure")).platform(...args),
    application: (...args) =>
      (require("./application/azure") as typeof import("./application/azure")).application(...args),
    traffic: (...args) => (require("./traffic/azure") as typeof import("./traffic/azure")).traffic(...args),
  },
  kubernetes: {
    contract: PLATFORM_CONTRACTS.kubernetes,
    platform: (...args) =>
      (require("./platform/kubernetes") as typeof import("./platform/kubernetes")).platform(...args),
    application: (...args) =>
      (require("./application/kubernetes") as typeof import("./application/kubernetes")).application(...args),
    traffic: (...args) => (require("./traffic/kubernetes") as typeof import("./traffic/kubernetes")).traffic(...args),
  },
};
