import { z } from "zod";
import { count, duration, image, quantity, seconds } from "../fields";

const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/, "a name of PostgreSQL in lower case");

/** CloudNativePG reads the version in the tag, and its webhook refuses an image by digest alone. */
const versionedImage = image.regex(
  /:\d+([-._][\w.-]+)?@/,
  "a tag that begins with the version of PostgreSQL, then the digest: registry/postgresql:17.6@sha256:<64 hex digits>",
);

const archive = z.string().regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, "a name in lower case: letters, digits and -");

export const databaseSchema = z
  .strictObject({
    name: identifier.describe("Name of the database."),
    user: identifier.default("app").describe("Role that the services connect as: it reads and writes rows."),
    owner: identifier.default("owner").describe("Role that changes of the schema connect as."),
    image: versionedImage.describe(
      "Image of PostgreSQL for CloudNativePG: its tag says the version, its digest what was tested. " +
        "A greater major version is an upgrade in place, during which the database is down.",
    ),
    instances: count(3)
      .default(3)
      .describe("Instances, 3 at least: a primary and replicas, in different zones where there are some."),
    synchronous: count(1)
      .default(1)
      .describe("Replicas that have a transaction before it is answered: what a lost primary cannot take along."),
    storage: quantity.default("50Gi").describe("Volume of each instance. It grows, and never shrinks."),
    walStorage: quantity.default("10Gi").describe("Volume of each instance's log of changes."),
    resources: z
      .strictObject({
        cpu: quantity.default("1").describe("CPU that an instance asks for, and its limit."),
        memory: quantity.default("4Gi").describe("Memory that an instance asks for, and its limit."),
      })
      .prefault({})
      .describe("What one instance has: requests equal limits, so that it is the last to be evicted."),
    parameters: z
      .record(identifier, z.string())
      .default({})
      .describe("Parameters of PostgreSQL besides those of the program."),
    backups: z
      .strictObject({
        destination: z
          .string()
          .regex(/^s3:\/\/[a-z0-9.-]+(\/[\w.-]+)*$/, "s3://<bucket>/<path>, without a slash at its end")
          .describe(
            "Where base backups and the log of changes go. The bucket is there already, outside of the cluster.",
          ),
        archive: archive
          .default("postgres")
          .describe(
            "Folder of this database below the destination. A restored one has a new name: it writes into no archive that is there.",
          ),
        endpoint: z
          .url({ protocol: /^https$/, error: "an https address" })
          .describe("Address of the store: anything that speaks S3."),
        keepDays: count(7).default(30).describe("How far back the database can be restored, to any moment, in days."),
        encryption: z
          .enum(["AES256", "aws:kms", "none"])
          .default("AES256")
          .describe(
            "How the store is asked to encrypt what it is sent. none: a store that knows no such request; its bucket encrypts by itself.",
          ),
        schedule: z
          .string()
          .regex(/^(\S+ ){5}\S+$/, "six fields, seconds first, as CloudNativePG has them")
          .default("0 30 1 * * *")
          .describe("When a base backup is made, UTC."),
        archiveTimeout: duration
          .refine((text) => seconds(text) <= 900, "at most 15m")
          .default("5m")
          .describe(
            "How much of the last changes may be lost with the whole cluster: an unfinished log goes out after it.",
          ),
      })
      .describe(
        "Backups to an object store. Its keys are in Vault, `database-backup`: access-key-id, secret-access-key.",
      ),
    restore: z
      .strictObject({
        from: archive.describe("The archive that it is made from: what `backups.archive` was."),
        until: z.iso
          .datetime({ offset: true, error: "a time with its zone such as 2026-11-21T10:30:00Z" })
          .optional()
          .describe("The moment it goes back to. @default - the last that was archived"),
      })
      .optional()
      .describe(
        "Makes the database from a backup, when it is made: one that is there stays as it is. docs/plans.md says how. @default - an empty one",
      ),
  })
  .refine(({ restore, backups }) => restore?.from !== backups.archive, {
    path: ["backups", "archive"],
    error: "is what `restore.from` reads: a restored database needs an archive of another name, such as postgres-2",
  })
  .refine(({ synchronous, instances }) => synchronous < instances, "synchronous < instances: a primary is no replica")
  .describe("PostgreSQL in the cluster, by CloudNativePG. There are no passwords: who connects has a certificate.");

export type PostgresConfig = z.infer<typeof databaseSchema>;
