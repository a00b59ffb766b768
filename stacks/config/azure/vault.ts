import { z } from "zod";
import { acme } from "../acme";
import { count, hostname } from "../fields";
import { vaultName } from "./fields";

/** Authorities that the CAA records of the zone let issue. */
const AUTHORITIES = /^https:\/\/([^/]+\.)?(letsencrypt\.org|digicert\.com)\//;

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
        email: acme.email,
        server: acme.server.refine((server) => AUTHORITIES.test(server), {
          error:
            "an address of Let's Encrypt (letsencrypt.org) or DigiCert (digicert.com): the zone's CAA records let no other issue",
        }),
      })
      .describe(
        "Certificate of the cluster's gateway, from a public authority, because Front Door trusts no other. cert-manager gets it, proves the host by DNS, and renews it; it is kept in the cluster.",
      ),
  })
  .describe("The key vault: keys of the data stores, secrets of workloads. And the certificate of the gateway.");

export type VaultConfig = z.infer<typeof vaultSchema>;
