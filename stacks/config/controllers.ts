import { z } from "zod";
import { count, quantity } from "./fields";

const resources = z.strictObject({
  cpu: quantity.describe("CPU that a pod asks for."),
  cpuLimit: quantity.describe(
    "The most CPU that a pod gets; well above what it asks for, because a throttled controller is late.",
  ),
  memory: quantity.describe("Memory that a pod asks for, and its limit."),
});

/** A Helm chart in a version whose values the program was written against. */
export function chart(defaults: {
  repository: string;
  chart: string;
  version: string;
  cpu: string;
  cpuLimit: string;
  memory: string;
}) {
  return {
    repository: z
      .url({ protocol: /^(https|oci)$/ })
      .default(defaults.repository)
      .describe("Chart repository: https, or oci for a registry."),
    chart: z.string().min(1).default(defaults.chart).describe("Name of the chart."),
    version: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, "an exact version such as 1.2.3")
      .default(defaults.version)
      .describe("Exact version of the chart; it decides the version of the image."),
    resources: resources
      .default({ cpu: defaults.cpu, cpuLimit: defaults.cpuLimit, memory: defaults.memory })
      .describe("Resources of each pod."),
  };
}

/** Pods of a controller. */
export const replicas = count(2)
  .default(2)
  .describe("Pods, at least 2, spread over zones; one leads where only one may act.");

export const controllersSchema = z
  .strictObject({
    loadBalancer: z
      .strictObject({
        ...chart({
          repository: "https://aws.github.io/eks-charts",
          chart: "aws-load-balancer-controller",
          version: "3.5.0",
          cpu: "100m",
          cpuLimit: "500m",
          memory: "256Mi",
        }),
        replicas,
      })
      .prefault({})
      .describe("AWS Load Balancer Controller: registers pods in the target groups of the routers."),
    autoscaler: z
      .strictObject({
        ...chart({
          repository: "https://kubernetes.github.io/autoscaler",
          chart: "cluster-autoscaler",
          version: "9.59.0",
          cpu: "100m",
          cpuLimit: "500m",
          memory: "600Mi",
        }),
        replicas,
      })
      .prefault({})
      .describe("Cluster autoscaler (1.35 in chart 9.59.0): decides how many nodes the groups have."),
    externalSecrets: z
      .strictObject({
        ...chart({
          repository: "https://charts.external-secrets.io",
          chart: "external-secrets",
          version: "2.9.0",
          cpu: "50m",
          cpuLimit: "250m",
          memory: "256Mi",
        }),
        replicas,
      })
      .prefault({})
      .describe(
        "External Secrets: copies secrets from Secrets Manager or Key Vault into the namespaces that may read them.",
      ),
    prometheus: z
      .strictObject({
        ...chart({
          repository: "https://prometheus-community.github.io/helm-charts",
          chart: "prometheus",
          version: "29.27.0",
          cpu: "500m",
          cpuLimit: "2",
          memory: "4Gi",
        }),
        replicas,
        storageGiB: count(10).default(100).describe("Volume of each pod, GiB."),
        retentionDays: count(1).default(15).describe("How long samples are kept, in days."),
        scrapeSeconds: count(5)
          .default(15)
          .describe("Time between two samples, in seconds: the autoscaler of pods looks every 15."),
      })
      .prefault({})
      .describe(
        "Prometheus: samples of the pods that ask for it by annotation. It judges rollouts and feeds autoscaling.",
      ),
    prometheusAdapter: z
      .strictObject({
        ...chart({
          repository: "https://prometheus-community.github.io/helm-charts",
          chart: "prometheus-adapter",
          version: "5.3.0",
          cpu: "100m",
          cpuLimit: "500m",
          memory: "256Mi",
        }),
        replicas,
        rateWindowSeconds: count(30)
          .default(120)
          .describe(
            "Window over which requests per second are counted, in seconds: several samples, or one lost sample looks like no load.",
          ),
      })
      .prefault({})
      .describe("Prometheus adapter: offers http_requests_per_second of pods to horizontal pod autoscalers."),
    devicePlugin: z
      .strictObject(
        chart({
          repository: "https://nvidia.github.io/k8s-device-plugin",
          chart: "nvidia-device-plugin",
          version: "0.20.0",
          cpu: "50m",
          cpuLimit: "250m",
          memory: "128Mi",
        }),
      )
      .prefault({})
      .describe(
        "NVIDIA device plugin: makes the GPUs of nodes a resource that pods ask for (nvidia.com/gpu). One pod on each GPU node.",
      ),
  })
  .prefault({})
  .describe("What runs in every cluster besides the workloads, as Helm charts.");

export type ControllersConfig = z.infer<typeof controllersSchema>;
/** What all charts have in common. */
export type ChartConfig = Pick<ControllersConfig["loadBalancer"], "repository" | "chart" | "version" | "resources">;
