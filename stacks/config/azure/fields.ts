import { z } from "zod";
import { AZURE_LOCATIONS, type AzureLocation } from "../azureLocations";

/** Names that Azure wants to be unique in the world come from config: two deployments would otherwise fight over them. */

/** An Azure region in which the deployment's services are to be had. */
export const azureLocation = z.enum(Object.keys(AZURE_LOCATIONS) as [AzureLocation, ...AzureLocation[]]);

/** An object, a tenant or a subscription of Azure. */
export const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "a GUID in lower case");

/** A key vault: 3 to 24 letters, digits and hyphens. */
export const vaultName = z
  .string()
  .regex(/^(?!.*--)[a-z][a-z0-9-]{1,22}[a-z0-9]$/, "3 to 24 lower-case letters, digits and single hyphens");

/** A storage account: 3 to 24 letters and digits. */
export const accountName = z.string().regex(/^[a-z0-9]{3,24}$/, "3 to 24 lower-case letters and digits");

/** A weekly window of maintenance. */
export const maintenanceSchema = z
  .strictObject({
    day: z
      .enum(["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"])
      .describe("Day of the week, UTC."),
    startHour: z.number().int().min(0).max(23).describe("Hour at which it begins, UTC."),
  })
  .describe("When Azure may maintain it. No stage of a release should be planned then.");
