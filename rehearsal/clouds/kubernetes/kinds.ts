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

/** What controllers write of an object that is as it should be. */
const READY = [{ type: "Ready", status: "True" }];

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
  "kubernetes:core/v1:ResourceQuota": { resource: "resourcequotas" },
  "kubernetes:rbac.authorization.k8s.io/v1:Role": { resource: "roles.rbac.authorization.k8s.io" },
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": { resource: "rolebindings.rbac.authorization.k8s.io" },
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
  // Of the Gateway API, which a cluster has by itself or through its gateway's controller.
  "kubernetes:gateway.networking.k8s.io/v1:Gateway": {
    resource: "gateways.gateway.networking.k8s.io",
    status: () => ({ conditions: [{ type: "Programmed", status: "True" }] }),
  },
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute": {
    resource: "httproutes.gateway.networking.k8s.io",
    status: () => ({ parents: [] }),
  },
  "kubernetes:gateway.networking.k8s.io/v1beta1:ReferenceGrant": {
    resource: "referencegrants.gateway.networking.k8s.io",
  },
  "kubernetes:gateway.networking.k8s.io/v1:GatewayClass": {
    ...clusterWide,
    resource: "gatewayclasses.gateway.networking.k8s.io",
    status: () => ({ conditions: [{ type: "Accepted", status: "True" }] }),
  },
  // Of Envoy Gateway.
  "kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy": { resource: "envoyproxies.gateway.envoyproxy.io" },
  // Of the AWS Load Balancer Controller.
  "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding": { resource: "targetgroupbindings.elbv2.k8s.aws" },
  // Of the External Secrets Operator.
  "kubernetes:external-secrets.io/v1:SecretStore": { resource: "secretstores.external-secrets.io" },
  "kubernetes:external-secrets.io/v1:ExternalSecret": { resource: "externalsecrets.external-secrets.io" },
  // Of Cilium.
  "kubernetes:cilium.io/v2:CiliumNetworkPolicy": { resource: "ciliumnetworkpolicies.cilium.io" },
  // Of cert-manager.
  "kubernetes:cert-manager.io/v1:Issuer": {
    resource: "issuers.cert-manager.io",
    status: () => ({ conditions: READY }),
  },
  "kubernetes:cert-manager.io/v1:ClusterIssuer": {
    ...clusterWide,
    resource: "clusterissuers.cert-manager.io",
    status: () => ({ conditions: READY }),
  },
  "kubernetes:cert-manager.io/v1:Certificate": {
    resource: "certificates.cert-manager.io",
    status: () => ({ conditions: READY }),
  },
  // Of CloudNativePG, and of its plug-in for backups.
  "kubernetes:postgresql.cnpg.io/v1:Cluster": {
    resource: "clusters.postgresql.cnpg.io",
    status: ({ instances }) => ({ instances: instances ?? 1, readyInstances: instances ?? 1, conditions: READY }),
  },
  "kubernetes:postgresql.cnpg.io/v1:ScheduledBackup": { resource: "scheduledbackups.postgresql.cnpg.io" },
  "kubernetes:barmancloud.cnpg.io/v1:ObjectStore": { resource: "objectstores.barmancloud.cnpg.io" },
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
