import type * as inputs from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { WorkloadConfig } from "../../stacks/config/workloads";
import { CERTIFICATE_DIRECTORY } from "./credentials";
import { podSelector, releaseLabels, type ColorIdentity, type Role } from "./labels";
import { containerSecurityContext, podSecurityContext } from "./podSecurity";

/** The taint of the gpu node group: pods without a GPU stay away from the nodes that cost most. */
const GPU_TOLERATION = { key: "gpu", operator: "Equal", value: "true", effect: "NoSchedule" } as const;
/** The resource that NVIDIA's device plugin gives out. */
const GPU_RESOURCE = "nvidia.com/gpu";

/** Where Azure's token exchange finds the pod's own token, and for whom that token is. */
const AZURE_TOKEN = {
  directory: "/var/run/secrets/azure",
  file: "identity-token",
  audience: "api://AzureADTokenExchange",
  expirationSeconds: 3_600,
} as const;
/** Path of the token that is exchanged for the managed identity: `AZURE_FEDERATED_TOKEN_FILE`. */
export const AZURE_TOKEN_FILE = `${AZURE_TOKEN.directory}/${AZURE_TOKEN.file}`;
/** Where the secrets of a pod are mounted, a file for each. */
export const SECRETS_DIRECTORY = "/var/run/secrets/app";

export interface PodArgs {
  identity: ColorIdentity;
  /** Name of the workload, and of its service account. */
  workload: string;
  role: Role;
  version: string;
  /** Image by digest. */
  image: string;
  config: WorkloadConfig;
  /** Arguments of the container; the image's own when absent. */
  args?: readonly string[];
  /** The ConfigMap whose entries are the environment. */
  settings: pulumi.Input<string>;
  /** The Kubernetes secret that is mounted; none when absent. */
  secret?: pulumi.Input<string>;
  /** The Kubernetes secret of its client certificate; none when absent. */
  certificate?: pulumi.Input<string>;
  /** Whether it mounts a token for Azure. */
  azureToken?: boolean;
  /** Labels besides those of the release. */
  labels?: Readonly<Record<string, string>>;
}

/** The pod of a workload in one of its roles. Pure: the same arguments give the same manifest. */
export function podTemplate(args: PodArgs): inputs.core.v1.PodTemplateSpec {
  const { config, role } = args;
  const scheduled = role === "schedule";
  return {
    metadata: {
      labels: { ...args.labels, ...releaseLabels(args.identity, args.workload, role, args.version) },
      annotations: { "prometheus.io/scrape": "true", "prometheus.io/port": String(config.metricsPort) },
    },
    spec: {
      serviceAccountName: args.workload,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: podSecurityContext(),
      terminationGracePeriodSeconds: config.shutdown.preStopSeconds + config.shutdown.drainSeconds,
      nodeSelector: config.nodeSelector,
      ...(config.resources.gpus > 0 ? { tolerations: [GPU_TOLERATION] } : {}),
      ...(scheduled ? { restartPolicy: "Never" } : spread(podSelector(args.identity, args.workload, role))),
      containers: [container(args)],
      volumes: volumes(args),
    },
  };
}

function container(args: PodArgs): inputs.core.v1.Container {
  const { config } = args;
  return {
    name: args.workload,
    image: args.image,
    ...(args.args === undefined ? {} : { args: [...args.args] }),
    ports: [
      { name: "http", containerPort: config.port, protocol: "TCP" },
      { name: "metrics", containerPort: config.metricsPort, protocol: "TCP" },
    ],
    envFrom: [{ configMapRef: { name: args.settings } }],
    resources: resources(config),
    securityContext: containerSecurityContext(),
    ...(args.role === "schedule" ? {} : serving(config)),
    volumeMounts: [
      { name: "tmp", mountPath: "/tmp" },
      ...(args.secret === undefined ? [] : [{ name: "secrets", mountPath: SECRETS_DIRECTORY, readOnly: true }]),
      ...(args.certificate === undefined
        ? []
        : [{ name: "certificate", mountPath: CERTIFICATE_DIRECTORY, readOnly: true }]),
      ...(args.azureToken === true
        ? [{ name: "azure-identity", mountPath: AZURE_TOKEN.directory, readOnly: true }]
        : []),
    ],
  };
}

/** Probes, and a pause before the process is asked to end: the document's `sleep 15`, without a shell in the image. */
function serving({ probes, shutdown }: WorkloadConfig) {
  return {
    startupProbe: { httpGet: { path: probes.livePath, port: "http" }, ...probes.startup },
    readinessProbe: { httpGet: { path: probes.readyPath, port: "http" }, ...probes.readiness },
    livenessProbe: { httpGet: { path: probes.livePath, port: "http" }, ...probes.liveness },
    lifecycle: { preStop: { sleep: { seconds: shutdown.preStopSeconds } } },
  };
}

function resources({ resources: { requests, limits, gpus } }: WorkloadConfig) {
  const gpu: Record<string, string> = gpus > 0 ? { [GPU_RESOURCE]: String(gpus) } : {};
  return { requests: { ...requests, ...gpu }, limits: { ...limits, ...gpu } };
}

/** Apart from each other where it can be: zones first, then hosts. Preferred only, so that a lost zone stops no pod. */
function spread(matchLabels: Record<string, string>) {
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { labelSelector: { matchLabels }, topologyKey: "kubernetes.io/hostname" } },
        ],
      },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels },
        // Only pods of the same release count, so that an update ends as evenly spread as it began.
        matchLabelKeys: ["pod-template-hash"],
      },
    ],
  };
}

function volumes({ config, secret, certificate, azureToken }: PodArgs): inputs.core.v1.Volume[] {
  return [
    { name: "tmp", emptyDir: { sizeLimit: config.tmpSize } },
    ...(secret === undefined ? [] : [{ name: "secrets", secret: { secretName: secret } }]),
    ...(certificate === undefined ? [] : [certificateVolume(certificate)]),
    ...(azureToken === true ? [azureIdentity()] : []),
  ];
}

/** The volume of a client certificate. PostgreSQL's library takes no key that others may read: the pod's group may, nobody else. */
export function certificateVolume(secretName: pulumi.Input<string>) {
  return { name: "certificate", secret: { secretName, defaultMode: 0o440 } };
}

function azureIdentity(): inputs.core.v1.Volume {
  const { audience, expirationSeconds, file } = AZURE_TOKEN;
  return {
    name: "azure-identity",
    projected: { sources: [{ serviceAccountToken: { audience, expirationSeconds, path: file } }] },
  };
}
