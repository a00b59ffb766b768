import type { ChartConfig } from "../../stacks/config/controllers";
import type { KubernetesControllersConfig } from "../../stacks/config/kubernetes/controllers";
import { resources, spread, type Values } from "./controllerValues";

/**
 * Values of the charts of clusters that are there already, written against the versions that the config names by default. The
 * charts' own security contexts are restricted already.
 */

/** cert-manager, its webhook and what puts certificates into webhooks. @param gateways - Whether the cluster has the Gateway API. */
export function certManagerValues(config: KubernetesControllersConfig["certManager"], gateways: boolean): Values {
  const deployment = {
    replicaCount: config.replicas,
    resources: resources(config),
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    topologySpreadConstraints: spread("cert-manager"),
  };
  return {
    ...deployment,
    // Certificates would go with their definitions.
    crds: { enabled: true, keep: true },
    config: {
      apiVersion: "controller.config.cert-manager.io/v1alpha1",
      kind: "ControllerConfiguration",
      enableGatewayAPI: gateways,
    },
    webhook: deployment,
    cainjector: deployment,
    // Helm waits for the pods, and for nothing that would need a way around the network policy.
    startupapicheck: { enabled: false },
  };
}

/** CloudNativePG. Its webhooks are asked whenever a database's definition changes, so it is never one pod. */
export function databaseValues(config: KubernetesControllersConfig["database"]): Values {
  return {
    replicaCount: config.replicas,
    resources: resources(config),
    topologySpreadConstraints: spread("cloudnative-pg"),
    crds: { create: true },
  };
}

/** The plug-in for backups. One pod: it only tells instances what to run, and Kubernetes restarts it. */
export function databaseBackupValues(config: ChartConfig): Values {
  return { replicaCount: 1, resources: resources(config), crds: { create: true } };
}
