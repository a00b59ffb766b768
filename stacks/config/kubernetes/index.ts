import { costSchema } from "../cost";
import { jurisdictionsSchema } from "../regions";
import { controllersSchema } from "./controllers";
import { databaseSchema } from "./database";
import { deploymentSchema } from "./deployment";
import { entrySchema } from "./entry";
import { regionsSchema } from "./regions";
import { vaultSchema } from "./vault";

/** Keys of the platform layer on clusters that are there already. */
export const kubernetesPlatformSections = {
  deployment: deploymentSchema,
  jurisdictions: jurisdictionsSchema,
  regions: regionsSchema,
  controllers: controllersSchema,
  vault: vaultSchema,
  database: databaseSchema,
  entry: entrySchema,
  cost: costSchema,
};
