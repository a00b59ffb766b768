import { z } from "zod";
import { count } from "../fields";
import { accountName } from "./fields";

export const storageSchema = z
  .strictObject({
    accountName: accountName.describe("Name of the storage account; unique in the world."),
    replication: z
      .enum(["Standard_ZRS", "Standard_GZRS"])
      .default("Standard_ZRS")
      .describe(
        "Copies in three zones; with GZRS in the paired region too, which has to lie in the same jurisdiction.",
      ),
    records: z
      .strictObject({
        retentionDays: count(1).describe("Days after its last change that a record is deleted, by Azure."),
        versionDays: count(1).default(90).describe("Days that earlier versions, and what was deleted, come back."),
      })
      .describe("Education records: pictures, essays, exports. They can be deleted, as COPPA asks."),
    audit: z
      .strictObject({
        retentionDays: count(365)
          .default(400)
          .describe(
            "Days in which nobody can change or delete an entry. Azure deletes it then, and it is gone for good `records.versionDays` later.",
          ),
      })
      .prefault({})
      .describe(
        "The record of disclosures that FERPA asks for, written by the application: appended to, never changed.",
      ),
    backups: z
      .strictObject({
        retentionDays: count(1)
          .default(35)
          .describe(
            "Days after which Azure deletes a dump. As soft delete is the account's, it is gone for good `records.versionDays` and a day later.",
          ),
      })
      .prefault({})
      .describe("Dumps that a release makes before it changes the database; the server's own backups are beside them."),
  })
  .describe("Blobs: no keys, no public address, encrypted with the deployment's own key.");

export type AzureStorageConfig = z.infer<typeof storageSchema>;
