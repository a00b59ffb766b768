import * as core from "@pulumi/kubernetes/core/v1";
import { Release } from "@pulumi/kubernetes/helm/v3";
import * as networking from "@pulumi/kubernetes/networking/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { ChartConfig } from "../../stacks/config/controllers";
import { MONITORING_NAMESPACE } from "../internal/names";
import { DNS } from "./networkPolicies";

const TOKEN = "cutover:kubernetes:Controller";

/** How long Helm waits for the pods to be ready, in seconds: time to start a node for them is in it. */
const TIMEOUT_SECONDS = 600;

type IngressRule = inputs.networking.v1.NetworkPolicyIngressRule;
type EgressRule = inputs.networking.v1.NetworkPolicyEgressRule;

export interface ControllerArgs {
  /** Name of the Helm release. */
  release: string;
  /** Name of its namespace, which it shares with nobody. */
  namespace: string;
  /** What pods of the namespace may do, by the Pod Security Standards. */
  podSecurity: "restricted" | "privileged";
  /** Version of the cluster, such as `1.35`: the version of the standard that is enforced. */
  kubernetesVersion: string;
  chart: ChartConfig;
  /** The chart's values. */
  values: Record<string, unknown>;
  /**
   * Who may call its pods, besides the monitoring, which reads their metrics.
   *
   * @default - nobody
   */
  ingress?: IngressRule[];
  /**
   * Whom its pods may call besides cluster DNS and HTTPS, which is how the Kubernetes API and AWS are reached.
   *
   * @default - nobody
   */
  egress?: EgressRule[];
}

/**
 * Something that serves the cluster itself, as a Helm release in a namespace of its own: the namespace, a network
 * policy that denies what the arguments do not name, and the release. An upgrade that does not become ready is
 * rolled back by Helm.
 */
export class Controller extends pulumi.ComponentResource {
  public readonly namespace: pulumi.Output<string>;
  public readonly status: pulumi.Output<string>;

  constructor(name: string, args: ControllerArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const namespace = new core.Namespace(
      `${name}-namespace`,
      { metadata: { name: args.namespace, labels: podSecurityLabels(args.podSecurity, args.kubernetesVersion) } },
      { parent: this },
    );
    const policy = new networking.NetworkPolicy(
      `${name}-network-policy`,
      {
        metadata: { name: "default", namespace: namespace.metadata.name },
        spec: {
          podSelector: {},
          policyTypes: ["Ingress", "Egress"],
          ingress: [METRICS, ...(args.ingress ?? [])],
          egress: [NAMES, HTTPS, ...(args.egress ?? [])],
        },
      },
      { parent: this },
    );
    const release = installed(
      `${name}-release`,
      { release: args.release, namespace: namespace.metadata.name, chart: args.chart, values: args.values },
      { parent: this, dependsOn: [policy] },
    );

    this.namespace = namespace.metadata.name;
    this.status = release.status.status;
    this.registerOutputs({ namespace: this.namespace, status: this.status });
  }
}

/**
 * A Helm release in a namespace that is there. It waits until the pods are ready, and rolls back what does not get there.
 */
export function installed(
  name: string,
  args: Pick<ControllerArgs, "release" | "chart" | "values"> & { namespace: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): Release {
  return new Release(
    name,
    {
      name: args.release,
      namespace: args.namespace,
      ...chartOf(args.chart),
      values: args.values,
      atomic: true,
      cleanupOnFail: true,
      skipAwait: false,
      timeout: TIMEOUT_SECONDS,
    },
    opts,
  );
}

/** Where a chart is: Helm names one in a registry by its whole address, one in a repository by its name there. */
function chartOf({ repository, chart, version }: ChartConfig) {
  return repository.startsWith("oci://")
    ? { chart: `${repository}/${chart}`, version }
    : { chart, version, repositoryOpts: { repo: repository } };
}

const METRICS: IngressRule = { from: [{ namespaceSelector: { matchLabels: named(MONITORING_NAMESPACE) } }] };

const NAMES: EgressRule = {
  to: DNS,
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};
const HTTPS: EgressRule = { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ protocol: "TCP", port: 443 }] };

/** Labels by which a namespace enforces a level of the Pod Security Standards. */
function podSecurityLabels(level: ControllerArgs["podSecurity"], version: string): Record<string, string> {
  return Object.fromEntries(
    ["enforce", "audit", "warn"].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, `v${version}`],
    ]),
  );
}

/** The label that every namespace has with its own name. */
export function named(namespace: string): Record<string, string> {
  return { "kubernetes.io/metadata.name": namespace };
}
