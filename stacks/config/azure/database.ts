import { z } from "zod";
import { count } from "../fields";
import { azureLocation, guid, maintenanceSchema, vaultName } from "./fields";

const principal = z.strictObject({
  objectId: guid.describe("Object of the Entra group or identity."),
  name: z.string().min(1).describe("Name of the group or identity, which is its name in PostgreSQL."),
  kind: z.enum(["Group", "ServicePrincipal", "User"]).describe("What the object is."),
});

export const databaseSchema = z
  .strictObject({
    serverName: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,48}[a-z0-9]$/, "3 to 50 lower-case letters, digits and hyphens")
      .describe(
        "Name of the server, <name>.postgres.database.azure.com; unique in the world. Replicas add `-` and theirs.",
      ),
    version: z
      .enum(["15", "16", "17", "18"])
      .default("17")
      .describe(
        "Major version of PostgreSQL; 17 has support until 2029-11-08. Azure patches minor versions in the window.",
      ),
    sku: z
      .string()
      .regex(/^Standard_(D|E)\w+$/, "a size such as Standard_D8ds_v5: burstable ones have neither standby nor replica")
      .describe("Size of the server and of its standby."),
    storageGiB: z
      .literal([32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384])
      .describe("Storage at creation, GiB: a size that Azure knows. It grows by itself, and never shrinks."),
    name: z
      .string()
      .regex(/^[a-z_][a-z0-9_]{0,62}$/, "a name of PostgreSQL in lower case")
      .describe("Name of the database."),
    zone: z.enum(["1", "2", "3"]).default("1").describe("Zone of the server at creation."),
    standbyZone: z
      .enum(["1", "2", "3"])
      .default("2")
      .describe("Zone of its standby at creation; they change at a failover."),
    administrators: z
      .record(z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, "lower-case letters, digits and hyphens"), principal)
      .refine(
        (people) => Object.keys(people).length > 0,
        "at least one: there are no passwords, so nobody else gets in",
      )
      .describe("Entra groups and identities that administer the server, by a name of your choice."),
    backups: z
      .strictObject({
        days: count(7)
          .pipe(z.number().max(35))
          .default(35)
          .describe("How far back the server can be restored, 7 to 35 days, to any moment."),
        geo: z
          .strictObject({
            location: azureLocation.describe(
              "The region that Azure pairs with the server's; backups are copied to it.",
            ),
            vaultName: vaultName.describe("Key vault there, for the key of the copies; unique in the world."),
          })
          .optional()
          .describe(
            "Copies of the backups in the paired region, which has to lie in the same jurisdiction. Decided at creation: changing it later replaces the server.",
          ),
      })
      .prefault({})
      .describe("Backups, made by Azure."),
    pooling: z
      .strictObject({
        mode: z
          .enum(["transaction", "session"])
          .default("transaction")
          .describe("When a connection goes back to the pool."),
        poolSize: count(1).default(50).describe("Connections of the server for each user and database."),
        maxClients: count(1).default(5_000).describe("Connections of workloads at most."),
      })
      .prefault({})
      .describe("PgBouncer of the server, on port 6432; migrations go to 5432, past it."),
    maintenance: maintenanceSchema,
    replicas: z
      .record(
        z.string().regex(/^[a-z][a-z0-9-]{0,11}$/, "1 to 12 lower-case letters, digits and hyphens"),
        z.strictObject({
          zone: z.enum(["1", "2", "3"]).describe("Zone of the replica at creation."),
        }),
      )
      .refine((replicas) => Object.keys(replicas).length <= 5, "5 at most, a limit of Azure")
      .default({})
      .describe("Read replicas by name, in the region of the server: they take reports and analyses off it."),
  })
  .refine(({ zone, standbyZone }) => zone !== standbyZone, {
    path: ["standbyZone"],
    message: "another zone than `zone`",
  })
  .describe(
    "Azure Database for PostgreSQL, flexible server: standby in another zone, no public address, no passwords.",
  );

export type PostgresConfig = z.infer<typeof databaseSchema>;
