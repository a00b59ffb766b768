import { z } from "zod";
import { controllersSchema as awsControllers, chart, replicas } from "../controllers";
import { controllersSchema as kubernetesControllers } from "../kubernetes/controllers";

const { externalSecrets, prometheus, prometheusAdapter, devicePlugin } = awsControllers.unwrap().shape;
const { certManager } = kubernetesControllers.unwrap().shape;

export const controllersSchema = z
  .strictObject({
    certManager: certManager.describe("cert-manager: the certificate of the gateway."),
    externalSecrets,
    prometheus,
    prometheusAdapter,
    devicePlugin,
    gateway: z
      .strictObject({
        ...chart({
          repository: "oci://docker.io/envoyproxy",
          chart: "gateway-helm",
          version: "v1.9.0",
          cpu: "100m",
          cpuLimit: "500m",
          memory: "512Mi",
        }),
        version: z
          .string()
          .regex(/^v\d+\.\d+\.\d+$/, "an exact version such as v1.2.3")
          .default("v1.9.0")
          .describe(
            "Exact version of the chart, with the v that its registry has; it decides the version of the image.",
          ),
        replicas,
        proxies: replicas
          .default(3)
          .describe("Pods of Envoy that requests pass, at least 2, spread over zones: one in each."),
      })
      .prefault({})
      .describe(
        "Envoy Gateway: the gateway that splits requests between the colors, by the weights of HTTPRoutes, within seconds.",
      ),
  })
  .prefault({})
  .describe("What runs in the cluster besides the workloads, as Helm charts. AKS itself scales nodes.");

export type AksControllersConfig = z.infer<typeof controllersSchema>;
