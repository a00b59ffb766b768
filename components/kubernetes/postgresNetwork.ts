import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { MONITORING_NAMESPACE } from "../internal/names";
import { named } from "./controller";
import { DNS, OUTSIDE, POSTGRES_PORT } from "./networkPolicies";

const TOKEN = "cutover:kubernetes:PostgresNetwork";
/** Ports of an instance: what the operator asks it, and its metrics. */
const STATUS_PORT = 8000;
const METRICS_PORT = 9187;

export interface PostgresNetworkArgs {
  namespace: pulumi.Input<string>;
  labels: Readonly<Record<string, string>>;
  /** Name of the database's cluster. */
  cluster: string;
  /** Namespaces that may connect. */
  clients: readonly string[];
  /** Namespace of the operator. */
  operator: string;
  /** Range and port of the Kubernetes API. */
  controlPlane: { cidr: string; port: number };
}

/** Nothing in, nothing out, and then what instances of the database need and no more. */
export class PostgresNetwork extends pulumi.ComponentResource {
  public constructor(name: string, args: PostgresNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { namespace, labels, controlPlane } = args;
    const policy = (role: string, spec: inputs.networking.v1.NetworkPolicySpec) =>
      new NetworkPolicy(`${name}-${role}`, { metadata: { name: role, namespace, labels }, spec }, { parent: this });
    const instances = { podSelector: { matchLabels: { "cnpg.io/cluster": args.cluster } } };
    const from = (spaces: readonly string[]) => ({
      namespaceSelector: {
        matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: [...spaces] }],
      },
    });
    policy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    policy("instances", {
      ...instances,
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [instances, from(args.clients)], ports: [tcp(POSTGRES_PORT)] },
        { from: [instances, { namespaceSelector: { matchLabels: named(args.operator) } }], ports: [tcp(STATUS_PORT)] },
        { from: [{ namespaceSelector: { matchLabels: named(MONITORING_NAMESPACE) } }], ports: [tcp(METRICS_PORT)] },
      ],
      egress: [
        { to: DNS, ports: [{ protocol: "UDP", port: 53 }, tcp(53)] },
        { to: [instances], ports: [tcp(POSTGRES_PORT), tcp(STATUS_PORT)] },
        { to: [{ ipBlock: { cidr: controlPlane.cidr } }], ports: [tcp(controlPlane.port)] },
        // The object store of backups, by a name whose addresses nobody promises.
        { to: [{ ipBlock: OUTSIDE }], ports: [tcp(443)] },
      ],
    });
    this.registerOutputs({});
  }
}

function tcp(port: number) {
  return { protocol: "TCP", port };
}
