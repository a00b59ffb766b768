import { z } from "zod";
import { cidr } from "../fields";
import { regionFields, regionName } from "../regions";

export const regionsSchema = z
  .record(
    regionName,
    z.strictObject({
      ...regionFields,
      cidr: cidr.describe("The virtual network's range; ranges of different regions do not overlap."),
      zones: z
        .array(z.enum(["1", "2", "3"]))
        .min(2)
        .refine((zones) => new Set(zones).size === zones.length, "each zone once")
        .describe("Availability zones, in quotes."),
    }),
  )
  .describe("The Azure locations of the deployment, by their names, such as eastus2.");

export type AzureRegions = z.infer<typeof regionsSchema>;
