import type { z } from "zod";
import { layersSchema, stacksSchema, type Layer } from "./layers";
import { deploymentSchema } from "./deployment";
import { jurisdictionsSchema, regionsSchema } from "./regions";
import { networkSchema } from "./network";
import { clusterSchema } from "./cluster";
import { costSchema } from "./cost";
import { accountSchema } from "./account";
import { databaseSchema } from "./database";
import { cacheSchema } from "./cache";
import { storageSchema } from "./storage";
import { secretsSchema } from "./secrets";
import { entrySchema } from "./entry";
import { edgeSchema } from "./edge";
import { aiSchema } from "./ai";
import { observabilitySchema } from "./observability";
import { policiesSchema } from "./policies";
import { activeSchema, routersSchema, trafficSchema } from "./traffic";
import { rolloutSchema } from "./rollout";
import { releasesSchema } from "./releases";
import { capacitySchema } from "./capacity";
import { consumersSchema, workloadsSchema } from "./workloads";
import { functionsSchema } from "./functions";
import { targetsSchema } from "./targets";
import { databaseChangeSchema } from "./databaseChange";

/** Keys that every stack may have. */
const commonSections = {
  layers: layersSchema,
  stacks: stacksSchema,
  active: activeSchema,
  policies: policiesSchema,
};

/** Keys of the platform layer. */
const platformSections = {
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
  ai: aiSchema,
  observability: observabilitySchema,
  cost: costSchema,
};

/** Keys of the application layer. */
const applicationSections = {
  releases: releasesSchema,
  capacity: capacitySchema,
  consumers: consumersSchema,
  workloads: workloadsSchema,
  functions: functionsSchema,
  targets: targetsSchema,
  databaseChange: databaseChangeSchema,
};

/** Keys of the traffic layer. */
const trafficSections = {
  traffic: trafficSchema,
  routers: routersSchema,
  rollout: rolloutSchema.optional(),
};

/** Every key of the `cutover:` namespace, by the layer that it belongs to. */
export const SECTIONS = {
  common: commonSections,
  platform: platformSections,
  application: applicationSections,
  traffic: trafficSections,
} as const;

type Sections = Readonly<Record<string, z.ZodType>>;
type Parsed<S extends Sections> = { [Key in keyof S]: z.infer<S[Key]> };

/** Config that every stack has. */
export type CommonConfig = Parsed<typeof commonSections>;
/** Config of the platform layer. */
export type PlatformConfig = Parsed<typeof platformSections>;
/** Config of the application layer. */
export type ApplicationConfig = Parsed<typeof applicationSections> & Pick<CommonConfig, "active">;
/** Config of the traffic layer. */
export type TrafficConfig = Parsed<typeof trafficSections> & Pick<CommonConfig, "active">;

/** The config of a stack: the layers that it deploys have theirs, the others have none. */
export interface StackConfig extends CommonConfig {
  platform?: PlatformConfig;
  application?: ApplicationConfig;
  traffic?: TrafficConfig;
}

/** The layer that a key belongs to; `undefined` for a key that no layer knows. */
export function layerOf(key: string): Layer | "common" | undefined {
  return (Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]).find((layer) => Object.hasOwn(SECTIONS[layer], key));
}
