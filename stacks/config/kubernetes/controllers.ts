import { z } from "zod";
import { label } from "../fields";
import { chart, controllersSchema as awsControllers, replicas } from "../controllers";

const { externalSecrets, prometheus } = awsControllers.unwrap().shape;

export const controllersSchema = z
  .strictObject({
    certManager: z
      .strictObject({
        ...chart({
          repository: "https://charts.jetstack.io",
          chart: "cert-manager",
          version: "1.21.1",
          cpu: "50m",
          cpuLimit: "250m",
          memory: "192Mi",
        }),
        replicas,
      })
      .prefault({})
      .describe("cert-manager: the certificate of the host, and those of the database and of who connects to it."),
    externalSecrets,
    database: z
      .strictObject({
        ...chart({
          repository: "https://cloudnative-pg.github.io/charts",
          chart: "cloudnative-pg",
          version: "0.29.0",
          cpu: "100m",
          cpuLimit: "500m",
          memory: "256Mi",
        }),
        replicas,
      })
      .prefault({})
      .describe("CloudNativePG (1.30 in chart 0.29.0): runs PostgreSQL, and moves the primary when it is lost."),
    databaseBackup: z
      .strictObject({
        ...chart({
          repository: "https://cloudnative-pg.github.io/charts",
          chart: "plugin-barman-cloud",
          version: "0.7.0",
          cpu: "50m",
          cpuLimit: "250m",
          memory: "128Mi",
        }),
      })
      .prefault({})
      .describe("Its plug-in for backups to object stores (Barman Cloud 0.13 in chart 0.7.0)."),
    prometheus,
    readers: z
      .array(label(63))
      .default([])
      .describe("Namespaces whose pods may ask Prometheus: dashboards, and the runner that judges rollouts."),
  })
  .prefault({})
  .describe("What the program installs in every cluster besides the workloads, as Helm charts.");

export type KubernetesControllersConfig = z.infer<typeof controllersSchema>;
