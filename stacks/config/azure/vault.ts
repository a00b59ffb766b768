import { z } from "zod";
import { count, hostname } from "../fields";
import { guid, vaultName } from "./fields";

export const vaultSchema = z
  .strictObject({
    name: vaultName.describe("Name of the key vault, <name>.vault.azure.net; unique in the world."),
    keyRotationDays: count(28)
      .pipe(z.number().max(730))
      .default(365)
      .describe("Days after which Key Vault makes a new version of the data key, 28 to 730."),
    secrets: z
      .record(
        z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, "lower-case letters, digits and hyphens"),
        z.strictObject({
          description: z.string().min(1).describe("What it is for, and where its value comes from."),
        }),
      )
      .default({})
      .describe(
        "Secrets that workloads read, by name. Their values never pass through this program: a person puts them with an expiry, `az keyvault secret set --vault-name <vault> --name <name> --expires <date> --file /dev/stdin`, and is told 30 days before one expires.",
      ),
    certificate: z
      .strictObject({
        host: hostname.describe(
          "Name in the certificate, inside the zone: what Front Door calls the cluster's gateway by. Nobody else resolves it.",
        ),
        issuers: z
          .strictObject({
            registration: guid.describe(
              "Object, in your tenant, of the application Microsoft.Azure.CertificateRegistration.",
            ),
            appService: guid.describe("Object, in your tenant, of the application Microsoft Azure App Service."),
          })
          .describe(
            "Applications of Azure that put the certificate into the vault: `az ad sp list --display-name <name>`.",
          ),
      })
      .describe(
        "Certificate of the cluster's gateway: ordered by Azure, proven by DNS, renewed by itself, kept in the vault.",
      ),
  })
  .describe("The key vault: keys of the data stores, secrets of workloads, the certificate of the gateway.");

export type VaultConfig = z.infer<typeof vaultSchema>;
