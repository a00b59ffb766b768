import type { z } from "zod";
import { accountSchema } from "./account";
import { aiSchema } from "./ai";
import { azurePlatformSections } from "./azure";
import { cacheSchema } from "./cache";
import { capacitySchema } from "./capacity";
import { cloudSchema, CLOUDS, type Cloud } from "./clouds";
import { clusterSchema } from "./cluster";
import { costSchema } from "./cost";
import { databaseSchema } from "./database";
import { databaseChangeSchema } from "./databaseChange";
import { deploymentSchema } from "./deployment";
import { edgeSchema } from "./edge";
import { entrySchema } from "./entry";
import { functionsSchema } from "./functions";
import { kubernetesPlatformSections } from "./kubernetes";
import { LAYERS, layersSchema, stacksSchema, type Layer } from "./layers";
import { networkSchema } from "./network";
import { observabilitySchema } from "./observability";
import { policiesSchema } from "./policies";
import { jurisdictionsSchema, regionsSchema } from "./regions";
import { releasesSchema } from "./releases";
import { rolloutSchema } from "./rollout";
import { gatewayRoutersSchema } from "./routers";
import { secretsSchema } from "./secrets";
import { storageSchema } from "./storage";
import { targetsSchema } from "./targets";
import { activeSchema, routersSchema, trafficSchema } from "./traffic";
import { consumersSchema, workloadsSchema } from "./workloads";

/** Keys that every stack may have. */
const commonSections = {
  cloud: cloudSchema,
  layers: layersSchema,
  stacks: stacksSchema,
  active: activeSchema,
  policies: policiesSchema,
};

/** Keys of the platform layer on AWS. */
const awsPlatformSections = {
  deployment: deploymentSchema,
  jurisdictions: jurisdictionsSchema,
  regions: regionsSchema,
  account: accountSchema,
  network: networkSchema,
  cluster: clusterSchema,
  database: databaseSchema,
  cache: cacheSchema,
  storage: storageSchema,
  secrets: secretsSchema,
  entry: entrySchema,
  edge: edgeSchema,
  ai: aiSchema.optional(),
  observability: observabilitySchema,
  cost: costSchema,
};

/** Keys of the application layer, whatever its platform is made of. */
const applicationSections = {
  releases: releasesSchema,
  capacity: capacitySchema,
  consumers: consumersSchema,
  workloads: workloadsSchema,
  databaseChange: databaseChangeSchema,
};

/** Keys of the traffic layer, whatever its platform is made of. */
const trafficSections = {
  traffic: trafficSchema,
  rollout: rolloutSchema.optional(),
};
const gatewayTrafficSections = { ...trafficSections, routers: gatewayRoutersSchema };

/** Keys of each layer that every cloud's deployments have, and those of each cloud. */
const layerSections = {
  platform: {
    aws: awsPlatformSections,
    azure: azurePlatformSections,
    kubernetes: kubernetesPlatformSections,
  },
  application: {
    aws: { ...applicationSections, functions: functionsSchema, targets: targetsSchema },
    azure: applicationSections,
    kubernetes: applicationSections,
  },
  traffic: {
    aws: { ...trafficSections, routers: routersSchema },
    azure: gatewayTrafficSections,
    kubernetes: gatewayTrafficSections,
  },
} as const satisfies Record<Layer, Record<Cloud, Sections>>;

type Sections = Readonly<Record<string, z.ZodType>>;
type Parsed<S extends Sections> = { [Key in keyof S]: z.infer<S[Key]> };
type LayerSections = typeof layerSections;

/** Config that every stack has. */
export type CommonConfig = Parsed<typeof commonSections>;
/** Config of the platform layer on one cloud. */
export type PlatformConfig<C extends Cloud = Cloud> = Parsed<LayerSections["platform"][C]>;
/** Config of the application layer on one cloud. */
export type ApplicationConfig<C extends Cloud = Cloud> = Parsed<LayerSections["application"][C]> &
  Pick<CommonConfig, "active">;
/** Config of the traffic layer on one cloud. */
export type TrafficConfig<C extends Cloud = Cloud> = Parsed<LayerSections["traffic"][C]> & Pick<CommonConfig, "active">;

/** Config of the layers that a stack deploys, on one cloud. */
export interface LayerConfigs<C extends Cloud = Cloud> {
  platform?: PlatformConfig<C>;
  application?: ApplicationConfig<C>;
  traffic?: TrafficConfig<C>;
}

/** The config of a stack: the layers that it deploys have theirs, the others have none. */
export type StackConfig = { [C in Cloud]: Omit<CommonConfig, "cloud"> & { cloud: C } & LayerConfigs<C> }[Cloud];

/** The keys that a layer has on a cloud, with their schemas; `common` are those that every stack may have. */
export function sectionsOf(owner: Layer | "common", cloud: Cloud): Sections {
  return owner === "common" ? commonSections : layerSections[owner][cloud];
}

/** The layer that a key belongs to, on any cloud; `undefined` for a key that no layer knows. */
export function layerOf(key: string): Layer | "common" | undefined {
  return (["common", ...LAYERS] as const).find((owner) =>
    CLOUDS.some((cloud) => Object.hasOwn(sectionsOf(owner, cloud), key)),
  );
}

/** The clouds on which a layer has a key. */
export function cloudsWith(owner: Layer | "common", key: string): Cloud[] {
  return CLOUDS.filter((cloud) => Object.hasOwn(sectionsOf(owner, cloud), key));
}
