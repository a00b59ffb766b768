import { z } from "zod";
import { label } from "../fields";

export const identitiesSchema = z
  .record(
    label(40),
    z.strictObject({
      ai: z.boolean().default(false).describe("Calls the models, of both accounts."),
      cache: z.boolean().default(false).describe("Reads and writes the cache."),
      records: z.boolean().default(false).describe("Reads and writes education records."),
      audit: z.boolean().default(false).describe("Appends to the record of disclosures."),
      database: z
        .enum(["none", "user", "administrator"])
        .default("none")
        .describe(
          "user: signs in to PostgreSQL as a role that migrations make (pgaadauth_create_principal); administrator: makes roles and changes the schema.",
        ),
      secrets: z.array(z.string()).default([]).describe("Secrets of `vault.secrets` that it reads."),
      release: z
        .boolean()
        .default(false)
        .describe(
          "Whether it belongs to what a release does once, and to no color: the jobs of a database change. They keep dumps, too.",
        ),
    }),
  )
  .refine((identities) => Object.keys(identities).length > 0, "at least one workload")
  .refine(
    (identities) => Object.values(identities).filter(({ release }) => release).length <= 1,
    "release: true once at most: all jobs of a database change are one identity",
  )
  .describe(
    "The managed identity of each workload, by the name of its service account, and the little that it may do. Tokens of the cluster are traded for it: there are no keys.",
  );

export type IdentitiesConfig = z.infer<typeof identitiesSchema>;
