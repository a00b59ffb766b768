import { z } from "zod";
import { label } from "../fields";

const path = z.string().regex(/^[a-z0-9][a-z0-9_-]*(\/[a-z0-9_-]+)*$/, "a path without a slash at its ends");

export const vaultSchema = z
  .strictObject({
    address: z
      .url({ protocol: /^https$/, error: "an https address" })
      .describe("Address of Vault, which is there already: it must outlive the clusters whose secrets it keeps."),
    ca: z
      .string()
      .startsWith("-----BEGIN CERTIFICATE-----", "a certificate in PEM form")
      .optional()
      .describe("Certificate of the authority that signed Vault's own; public. A well-known authority when absent."),
    auth: path.default("kubernetes").describe("Where Vault's Kubernetes authentication for the cluster is mounted."),
    mount: path.default("secret").describe("Where its key-value engine (version 2) is mounted."),
    path: path.describe(
      "Path under which the deployment's secrets are, one path for each: a service may read its own only.",
    ),
    pki: path
      .default("pki")
      .describe(
        "Where its authority for certificates inside the cluster is mounted: one of its own, because the database lets in whoever it calls `app`. Roles `database-server`, `database-client` and `database-owner` of it say who gets what.",
      ),
    secrets: z
      .array(label())
      .refine((names) => new Set(names).size === names.length, "each secret once")
      .default([])
      .describe("Secrets that workloads may read, by name: the property `value` of <mount>/<path>/<name>."),
  })
  .describe(
    "HashiCorp Vault: where secrets come from, and certificates by which services and database prove who they are. docs/plans.md lists what it must know.",
  );

export type VaultConfig = z.infer<typeof vaultSchema>;
