import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { MONITORING_NAMESPACE } from "../internal/names";

const TOKEN = "cutover:kubernetes:NetworkPolicies";
/** Port of PostgreSQL. */
export const POSTGRES_PORT = 5432;
const HTTPS_PORT = 443;

/** A workload that answers requests. */
export interface PodAccess {
  /** Port of requests. */
  port: number;
  /** Port of metrics. */
  metricsPort: number;
  /** Whether users send it requests. */
  routed: boolean;
}

export interface NetworkPoliciesArgs {
  namespace: pulumi.Input<string>;
  labels: Readonly<Record<string, string>>;
  /** The workloads that answer requests, by name: the label `app.kubernetes.io/name`. */
  workloads: Readonly<Record<string, PodAccess>>;
  /** Where users' requests come from. */
  entry: pulumi.Input<Peer[]>;
  /**
   * Who may reach the database.
   *
   * @default - nobody
   */
  database?: StoreAccess;
  /**
   * Who may reach the cache.
   *
   * @default - nobody
   */
  cache?: StoreAccess;
}

/** Pods that may reach a store of data. */
export interface StoreAccess {
  /** Names of the pods. */
  clients: readonly string[];
  /** Where it stands. */
  at: pulumi.Input<Peer[]>;
  port: pulumi.Input<number>;
}

/** Pods or addresses. */
export type Peer = inputs.networking.v1.NetworkPolicyPeer;

/**
 * Nothing in, nothing out, and then what is needed and no more: names, users' requests to routed pods, calls inside
 * the namespace (so a call stays inside its color), the database and the cache for the workloads that use them, HTTPS to
 * the outside and to the cloud, metrics for the monitoring.
 */
export class NetworkPolicies extends pulumi.ComponentResource {
  public constructor(
    private readonly base: string,
    private readonly args: NetworkPoliciesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TOKEN, base, {}, opts);
    this.policy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    this.egress("dns", {}, [{ to: DNS, ports: [port(53, "UDP"), port(53)] }]);
    this.egress("https", {}, [{ to: [{ ipBlock: OUTSIDE }], ports: [port(HTTPS_PORT)] }]);
    this.entry();
    this.insideColor();
    this.stores();
    this.metrics();
    this.registerOutputs({});
  }

  private entry() {
    const { entry: from } = this.args;
    for (const [workload, access] of Object.entries(this.args.workloads)) {
      if (access.routed) {
        this.ingress(`entry-${workload}`, named([workload]), [{ from, ports: [port(access.port)] }]);
      }
    }
  }

  private insideColor() {
    const ports = distinct(Object.values(this.args.workloads).map((access) => access.port)).map((number) =>
      port(number),
    );
    if (ports.length > 0) {
      this.policy("color", {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [{ podSelector: {} }], ports }],
        egress: [{ to: [{ podSelector: {} }], ports }],
      });
    }
  }

  private stores() {
    for (const [role, store] of Object.entries({ database: this.args.database, cache: this.args.cache })) {
      if (store !== undefined && store.clients.length > 0) {
        this.egress(role, named(store.clients), [{ to: store.at, ports: [{ port: store.port, protocol: "TCP" }] }]);
      }
    }
  }

  private metrics() {
    const ports = distinct(Object.values(this.args.workloads).map((access) => access.metricsPort)).map((number) =>
      port(number),
    );
    if (ports.length > 0) {
      const from = [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": MONITORING_NAMESPACE } } }];
      this.ingress("metrics", {}, [{ from, ports }]);
    }
  }

  private ingress(role: string, podSelector: Selector, ingress: inputs.networking.v1.NetworkPolicyIngressRule[]) {
    this.policy(role, { podSelector, policyTypes: ["Ingress"], ingress });
  }

  private egress(role: string, podSelector: Selector, egress: inputs.networking.v1.NetworkPolicyEgressRule[]) {
    this.policy(role, { podSelector, policyTypes: ["Egress"], egress });
  }

  private policy(role: string, spec: inputs.networking.v1.NetworkPolicySpec) {
    const { namespace, labels } = this.args;
    new NetworkPolicy(`${this.base}-${role}`, { metadata: { name: role, namespace, labels }, spec }, { parent: this });
  }
}

type Selector = inputs.meta.v1.LabelSelector;

/**
 * The cluster's DNS: its pods, or the cache of the node (NodeLocal DNSCache), which stands in the node's own network, so that no
 * selector finds it, at an address that is the same everywhere.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
export const DNS: Peer[] = [
  {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
    podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
  },
  { ipBlock: { cidr: "169.254.20.10/32" } },
];

/**
 * The agents of Konnectivity, through which the Kubernetes API reaches pods where a provider runs it elsewhere (AKS, GKE): it calls
 * webhooks from there. Providers name their label differently.
 *
 * @see https://kubernetes.io/docs/concepts/architecture/control-plane-node-communication/#konnectivity-service
 */
export const KONNECTIVITY: Peer[] = ["app", "k8s-app"].map((label) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
  podSelector: { matchLabels: { [label]: "konnectivity-agent" } },
}));

/** Everywhere but the nodes' metadata service, which hands out the nodes' credentials. */
export const OUTSIDE = { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] };

function port(number: number, protocol: "TCP" | "UDP" = "TCP") {
  return { port: number, protocol };
}

function named(workloads: readonly string[]): Selector {
  return { matchExpressions: [{ key: "app.kubernetes.io/name", operator: "In", values: [...workloads] }] };
}

function distinct(numbers: number[]): number[] {
  return [...new Set(numbers)].sort((one, other) => one - other);
}
