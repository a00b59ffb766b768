import type { Json } from "../../../rollout/engine";

/** What the Kubernetes API checks names against. */
export type NameForm = "label" | "subdomain";

/** What the stand-in cluster knows of one kind. */
export interface Kind {
  /** Whether its objects stand in a namespace. @default true */
  namespaced?: boolean;
  /** The form of its names. @default "subdomain" */
  name?: NameForm;
  /** Plural and group, as errors name it. */
  resource: string;
  /** The status that a healthy object of the spec has. @default - no status */
  status?: (spec: Readonly<Record<string, Json>>) => Record<string, Json>;
}

const clusterWide = { namespaced: false } as const;

function replicas(spec: Readonly<Record<string, Json>>): number {
  return typeof spec.replicas === "number" ? spec.replicas : 1;
}

/** The kinds that the stand-in cluster knows, by type token: its own, and those of the controllers that the platform installs. */
export const KINDS: Readonly<Record<string, Kind>> = {
  "kubernetes:core/v1:Namespace": {
    ...clusterWide,
    name: "label",
    resource: "namespaces",
    status: () => ({ phase: "Active" }),
  },
  "kubernetes:core/v1:ConfigMap": { resource: "configmaps" },
  "kubernetes:core/v1:Service": { name: "label", resource: "services", status: () => ({ loadBalancer: {} }) },
  "kubernetes:core/v1:ServiceAccount": { resource: "serviceaccounts" },
  "kubernetes:apps/v1:Deployment": {
    resource: "deployments.apps",
    status: (spec) => {
      const count = replicas(spec);
      return { replicas: count, updatedReplicas: count, readyReplicas: count, availableReplicas: count };
    },
  },
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": {
    resource: "horizontalpodautoscalers.autoscaling",
    status: (spec) => ({ currentReplicas: spec.minReplicas ?? 1, desiredReplicas: spec.minReplicas ?? 1 }),
  },
  "kubernetes:batch/v1:Job": { resource: "jobs.batch", status: () => ({ succeeded: 1 }) },
  "kubernetes:batch/v1:CronJob": { resource: "cronjobs.batch", status: () => ({}) },
  "kubernetes:policy/v1:PodDisruptionBudget": { resource: "poddisruptionbudgets.policy" },
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": { resource: "networkpolicies.networking.k8s.io" },
  "kubernetes:storage.k8s.io/v1:StorageClass": { ...clusterWide, resource: "storageclasses.storage.k8s.io" },
  // Of the AWS Load Balancer Controller.
  "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding": { resource: "targetgroupbindings.elbv2.k8s.aws" },
  // Of the External Secrets Operator.
  "kubernetes:external-secrets.io/v1:SecretStore": { resource: "secretstores.external-secrets.io" },
  "kubernetes:external-secrets.io/v1:ExternalSecret": { resource: "externalsecrets.external-secrets.io" },
};

/** Helm releases: not an object of the API, but made by the same provider. */
export const RELEASE = "kubernetes:helm.sh/v3:Release";
/** Namespaces that every cluster has. */
export const OWN_NAMESPACES: ReadonlySet<string> = new Set([
  "default",
  "kube-system",
  "kube-public",
  "kube-node-lease",
]);
