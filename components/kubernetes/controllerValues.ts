import type * as pulumi from "@pulumi/pulumi";
import type { NodeGroupConfig } from "../../stacks/config/cluster";
import type { ChartConfig, ControllersConfig } from "../../stacks/config/controllers";
import { MONITORING_NAMESPACE } from "../internal/names";

/**
 * Values of the charts, written against the versions that the config names by default. They make every pod pass the
 * restricted Pod Security Standard, ask for resources, stand in two zones and survive the loss of one.
 */

/** Values of a chart. */
export type Values = Record<string, unknown>;

/** Names of the releases, by their names in the config. */
export const RELEASES = {
  loadBalancer: "aws-load-balancer-controller",
  autoscaler: "cluster-autoscaler",
  externalSecrets: "external-secrets",
  prometheus: "prometheus",
  prometheusAdapter: "prometheus-adapter",
  devicePlugin: "nvidia-device-plugin",
} as const;

/** Namespace of each release: of its own name, and the monitoring's, which workloads let in to read their metrics. */
export const NAMESPACES = { ...RELEASES, prometheus: MONITORING_NAMESPACE } as const;

/** Name of the storage class of encrypted gp3 volumes. */
export const STORAGE_CLASS = "gp3";
/** Port of Prometheus' service. */
export const PROMETHEUS_PORT = 9090;

/** The user that images without one of their own run as: nobody. */
const NOBODY = 65_534;

/** Security context of a container, and of a pod, under the restricted Pod Security Standard. */
const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
};
const POD_SECURITY = {
  runAsNonRoot: true,
  runAsUser: NOBODY,
  runAsGroup: NOBODY,
  fsGroup: NOBODY,
  seccompProfile: { type: "RuntimeDefault" },
};

/** A role that a chart's service account takes. */
interface Identity {
  serviceAccount: string;
  roleArn: pulumi.Input<string>;
}

/** The load balancer controller, which only puts pods into target groups. */
export function loadBalancerValues(
  config: ControllersConfig["loadBalancer"],
  args: { clusterName: string; region: string; vpcId: pulumi.Input<string>; identity: Identity },
): Values {
  return {
    clusterName: args.clusterName,
    // Given, because pods do not reach the instance's metadata, where the controller would look.
    region: args.region,
    vpcId: args.vpcId,
    replicaCount: config.replicas,
    serviceAccount: serviceAccount(args.identity),
    // It registers pods in target groups. Load balancers, their firewalls and their shields are this program's.
    createIngressClassResource: false,
    ingressClassParams: { create: false },
    enableServiceMutatorWebhook: false,
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
    controllerConfig: { featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false } },
    // The webhook's certificate stays over upgrades: a new one is not trusted until every pod has it.
    keepTLSSecret: true,
    podSecurityContext: { fsGroup: NOBODY, seccompProfile: { type: "RuntimeDefault" } },
    securityContext: CONTAINER_SECURITY,
    resources: resources(config),
    podDisruptionBudget: { maxUnavailable: 1 },
    topologySpreadConstraints: spread(RELEASES.loadBalancer),
  };
}

/** The cluster autoscaler, for the node groups that EKS tags with the cluster's name. */
export function autoscalerValues(
  config: ControllersConfig["autoscaler"],
  args: { clusterName: string; region: string; identity: Identity },
): Values {
  return {
    cloudProvider: "aws",
    awsRegion: args.region,
    autoDiscovery: { clusterName: args.clusterName },
    replicaCount: config.replicas,
    rbac: { serviceAccount: serviceAccount(args.identity) },
    extraArgs: {
      // Zones stay even, and a group is grown where the least is left over.
      "balance-similar-node-groups": true,
      expander: "least-waste",
      // Pods of kube-system and pods with scratch space would otherwise keep an empty node for ever.
      "skip-nodes-with-system-pods": false,
      "skip-nodes-with-local-storage": false,
    },
    securityContext: POD_SECURITY,
    containerSecurityContext: CONTAINER_SECURITY,
    resources: resources(config),
    podDisruptionBudget: { maxUnavailable: 1 },
    topologySpreadConstraints: spread(RELEASES.autoscaler),
  };
}

/**
 * External Secrets has no role in AWS: it acts as the service account that a SecretStore names
 * (`auth.jwt.serviceAccountRef`), so that a namespace reads its own secrets and no other's.
 */
export function externalSecretsValues(config: ControllersConfig["externalSecrets"]): Values {
  const deployment = {
    replicaCount: config.replicas,
    resources: resources(config),
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    topologySpreadConstraints: spread(RELEASES.externalSecrets),
  };
  return {
    ...deployment,
    installCRDs: true,
    // With the definitions every ExternalSecret would go, and the secrets that they own: an uninstall leaves them.
    crds: { annotations: { "helm.sh/resource-policy": "keep" } },
    leaderElect: true,
    // What no workload uses is not served: secrets for several namespaces at once, and writing secrets back.
    processClusterExternalSecret: false,
    processClusterStore: false,
    processClusterPushSecret: false,
    processClusterGenerator: false,
    processPushSecret: false,
    webhook: deployment,
    certController: deployment,
  };
}

/**
 * Prometheus alone: it scrapes pods that ask for it by the annotations `prometheus.io/scrape` and `.../port`.
 *
 * @param storageClass - Class of its volumes.
 */
export function prometheusValues(config: ControllersConfig["prometheus"], storageClass = STORAGE_CLASS): Values {
  return {
    server: {
      fullnameOverride: RELEASES.prometheus,
      // Each pod scrapes everything for itself, so that one of them has all samples when a zone is lost.
      replicaCount: config.replicas,
      statefulSet: { enabled: true },
      retention: `${config.retentionDays}d`,
      // The write-ahead log comes on top of what this counts; the volume must not fill up before samples expire.
      retentionSize: `${Math.floor(config.storageGiB * 0.85)}GB`,
      global: { scrape_interval: `${config.scrapeSeconds}s`, evaluation_interval: `${config.scrapeSeconds}s` },
      persistentVolume: { enabled: true, size: `${config.storageGiB}Gi`, storageClass },
      service: { servicePort: PROMETHEUS_PORT },
      securityContext: POD_SECURITY,
      containerSecurityContext: CONTAINER_SECURITY,
      resources: resources(config),
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      topologySpreadConstraints: spread(RELEASES.prometheus),
    },
    configmapReload: {
      prometheus: {
        containerSecurityContext: CONTAINER_SECURITY,
        resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { cpu: "100m", memory: "64Mi" } },
      },
    },
    // Alarms are CloudWatch's; the node exporter needs the host, which the restricted standard denies.
    alertmanager: { enabled: false },
    // What Kubernetes itself says of pods: whether they are ready, and what they may use. Gates of a rollout ask it.
    "kube-state-metrics": {
      enabled: true,
      resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { cpu: "250m", memory: "256Mi" } },
      // It reads no secrets: their names say what there is.
      collectors: ["cronjobs", "deployments", "horizontalpodautoscalers", "jobs", "namespaces", "nodes", "pods"],
    },
    "prometheus-node-exporter": { enabled: false },
    "prometheus-pushgateway": { enabled: false },
  };
}

/** The adapter, with the one metric that autoscaling needs: http_requests_per_second of pods. */
export function prometheusAdapterValues(config: ControllersConfig["prometheusAdapter"]): Values {
  return {
    prometheus: { url: `http://${RELEASES.prometheus}.${NAMESPACES.prometheus}.svc`, port: PROMETHEUS_PORT },
    replicas: config.replicas,
    rules: {
      default: false,
      custom: [
        {
          // http_requests_total of a pod becomes http_requests_per_second, what horizontal pod autoscalers name.
          seriesQuery: 'http_requests_total{namespace!="",pod!=""}',
          resources: { overrides: { namespace: { resource: "namespace" }, pod: { resource: "pod" } } },
          name: { matches: "^(.*)_total$", as: "${1}_per_second" },
          metricsQuery: `sum(rate(<<.Series>>{<<.LabelMatchers>>}[${config.rateWindowSeconds}s])) by (<<.GroupBy>>)`,
        },
      ],
    },
    resources: resources(config),
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    topologySpreadConstraints: spread(RELEASES.prometheusAdapter),
  };
}

/** The chart itself picks nodes with the label `nvidia.com/gpu.present`, which node groups with GPUs carry. */
export function devicePluginValues(
  config: ControllersConfig["devicePlugin"],
  taints: NodeGroupConfig["taints"],
): Values {
  return {
    resources: resources(config),
    tolerations: taints.map(({ key, value, effect }) => ({
      key,
      operator: "Equal",
      value,
      effect: EFFECTS[effect],
    })),
  };
}

/** Effects of taints: EKS' names and Kubernetes' names. */
const EFFECTS: Record<NodeGroupConfig["taints"][number]["effect"], string> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/** What each pod of a chart has. */
export function resources({ resources: { cpu, cpuLimit, memory } }: Pick<ChartConfig, "resources">) {
  return { requests: { cpu, memory }, limits: { cpu: cpuLimit, memory } };
}

function serviceAccount({ serviceAccount: name, roleArn }: Identity) {
  return { create: true, name, annotations: { "eks.amazonaws.com/role-arn": roleArn } };
}

/** Pods of a release over zones. */
export function spread(release: string) {
  return [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { "app.kubernetes.io/instance": release } },
    },
  ];
}
