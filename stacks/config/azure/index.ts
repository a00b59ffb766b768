import { costSchema } from "../cost";
import { jurisdictionsSchema } from "../regions";
import { aiSchema } from "./ai";
import { cacheSchema } from "./cache";
import { clusterSchema } from "./cluster";
import { databaseSchema } from "./database";
import { deploymentSchema } from "./deployment";
import { edgeSchema } from "./edge";
import { identitiesSchema } from "./identities";
import { networkSchema } from "./network";
import { observabilitySchema } from "./observability";
import { regionsSchema } from "./regions";
import { storageSchema } from "./storage";
import { vaultSchema } from "./vault";

/** Keys of the platform layer on Azure. */
export const azurePlatformSections = {
  deployment: deploymentSchema,
  jurisdictions: jurisdictionsSchema,
  regions: regionsSchema,
  network: networkSchema,
  cluster: clusterSchema,
  database: databaseSchema,
  cache: cacheSchema,
  storage: storageSchema,
  vault: vaultSchema,
  identities: identitiesSchema,
  edge: edgeSchema,
  ai: aiSchema,
  observability: observabilitySchema,
  cost: costSchema,
};
