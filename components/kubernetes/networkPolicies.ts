import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { MONITORING_NAMESPACE } from "../internal/names";

const TOKEN = "cutover:kubernetes:NetworkPolicies";
const POSTGRES_PORT = 5432;
const HTTPS_PORT = 443;

/** A workload that answers requests. */
export interface PodAccess {
  /** Port of requests. */
  port: number;
  /** Port of metrics. */
  metricsPort: number;
  /** Whether the load balancer sends it requests. */
  routed: boolean;
}

export interface NetworkPoliciesArgs {
  namespace: pulumi.Input<string>;
  labels: Readonly<Record<string, string>>;
  /** The workloads that answer requests, by name: the label `app.kubernetes.io/name`. */
  workloads: Readonly<Record<string, PodAccess>>;
  /** Names of the pods that may reach the database. */
  databaseClients: readonly string[];
  /**
   * Names of the pods that may reach the cache, and its port.
   *
   * @default - none
   */
  cache?: { clients: readonly string[]; port: pulumi.Input<number> };
  /** Range of the VPC, where the load balancer, the cache and interface endpoints stand. */
  vpcCidr: pulumi.Input<string>;
  /** Ranges of the database subnets of every region of the jurisdiction: the primary may move there. */
  databaseCidrs: readonly pulumi.Input<pulumi.Input<string>[]>[];
}

type Peer = inputs.networking.v1.NetworkPolicyPeer;

/**
 * Nothing in, nothing out, and then what is needed and no more: names, the load balancer to routed pods, calls inside
 * the namespace (so a call stays inside its color), the database and the cache for the workloads that use them, HTTPS to
 * the outside and to AWS, metrics for the monitoring.
 */
export class NetworkPolicies extends pulumi.ComponentResource {
  public constructor(
    private readonly base: string,
    private readonly args: NetworkPoliciesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TOKEN, base, {}, opts);
    this.policy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    this.egress("dns", {}, [{ to: [DNS], ports: [port(53, "UDP"), port(53)] }]);
    this.egress("https", {}, [{ to: [{ ipBlock: OUTSIDE }], ports: [port(HTTPS_PORT)] }]);
    this.entry();
    this.insideColor();
    this.stores();
    this.metrics();
    this.registerOutputs({});
  }

  /** Targets are pods' addresses, so requests come from the load balancer's own addresses in the VPC. */
  private entry() {
    const from = [{ ipBlock: { cidr: this.args.vpcCidr } }];
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
    const { databaseClients, databaseCidrs, cache, vpcCidr } = this.args;
    if (databaseClients.length > 0) {
      const to = pulumi
        .all(databaseCidrs.map((cidrs) => pulumi.output(cidrs)))
        .apply((regions) => regions.flat().map((cidr): Peer => ({ ipBlock: { cidr } })));
      this.egress("database", named(databaseClients), [{ to, ports: [port(POSTGRES_PORT)] }]);
    }
    if (cache !== undefined && cache.clients.length > 0) {
      const to = [{ ipBlock: { cidr: vpcCidr } }];
      this.egress("cache", named(cache.clients), [{ to, ports: [{ port: cache.port, protocol: "TCP" }] }]);
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

/** The cluster's DNS. */
const DNS: Peer = {
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
  podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
};

/** Everywhere but the nodes' metadata service, which hands out the nodes' credentials. */
const OUTSIDE = { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] };

function port(number: number, protocol: "TCP" | "UDP" = "TCP") {
  return { port: number, protocol };
}

function named(workloads: readonly string[]): Selector {
  return { matchExpressions: [{ key: "app.kubernetes.io/name", operator: "In", values: [...workloads] }] };
}

function distinct(numbers: number[]): number[] {
  return [...new Set(numbers)].sort((one, other) => one - other);
}
