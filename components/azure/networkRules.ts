import type * as inputs from "@pulumi/azure-native/types/input";
import type { AddressPlan, SubnetName } from "./addressPlan";

interface Rule {
  name: string;
  description: string;
  from: readonly string[];
  ports: readonly string[];
}

/** PostgreSQL and its PgBouncer, on Azure. */
const POSTGRES_PORTS = ["5432", "6432"];
/** HTTPS, and what Azure Managed Redis listens on. */
const ENDPOINT_PORTS = ["443", "10000", "8500-8599"];

/**
 * The security rules of each subnet: who may come in, and on which ports; everybody else is denied, the rest of the
 * virtual network included. What leaves is free: there is one way to the internet, the NAT gateway, and what pods may
 * reach is decided by network policies.
 */
export function networkRules(
  plan: AddressPlan,
  operatorRanges: readonly string[],
  podCidr: string,
): Record<SubnetName, inputs.network.SecurityRuleArgs[]> {
  return {
    nodes: rules([
      { name: "nodes", description: "Nodes among themselves.", from: [plan.nodes], ports: ["*"] },
      {
        name: "pods",
        description: "Pods on other nodes: the overlay keeps their addresses, and rules of the subnet apply.",
        from: [podCidr],
        ports: ["*"],
      },
      {
        name: "gateway",
        description: "Requests from Front Door: they arrive from addresses of the private link service.",
        from: [plan.gateway],
        ports: ["443", "30000-32767", "10443"],
      },
      {
        name: "operators",
        description: "The Kubernetes API, whose private endpoint stands among the nodes.",
        from: operatorRanges,
        ports: ["443"],
      },
      {
        name: "probes",
        description: "Health probes of the load balancer.",
        from: ["AzureLoadBalancer"],
        ports: ["*"],
      },
    ]),
    gateway: rules([
      {
        name: "probes",
        description: "Health probes of the load balancer.",
        from: ["AzureLoadBalancer"],
        ports: ["*"],
      },
      {
        name: "requests",
        description: "Nodes and the private link service reach the gateway's address.",
        from: [plan.nodes, plan.gateway],
        ports: ["443"],
      },
    ]),
    endpoints: rules([
      {
        name: "nodes",
        description: "Pods leave from the addresses of their nodes.",
        from: [plan.nodes],
        ports: ENDPOINT_PORTS,
      },
      { name: "operators", description: "Operators.", from: operatorRanges, ports: ["443"] },
    ]),
    database: rules([
      {
        name: "nodes",
        description: "Pods leave from the addresses of their nodes.",
        from: [plan.nodes],
        ports: POSTGRES_PORTS,
      },
      {
        name: "itself",
        description: "Server, standby and replicas among themselves.",
        from: [plan.database],
        ports: ["*"],
      },
    ]),
  };
}

function rules(allowed: readonly Rule[]): inputs.network.SecurityRuleArgs[] {
  const rule = (name: string, priority: number, access: "Allow" | "Deny") => ({
    name,
    priority,
    access,
    direction: "Inbound",
    protocol: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
  });
  return [
    ...allowed.map(({ name, description, from, ports }, index) => ({
      ...rule(name, 100 + index * 10, "Allow"),
      description,
      ...(from.length === 1 ? { sourceAddressPrefix: from[0]! } : { sourceAddressPrefixes: [...from] }),
      ...(ports.length === 1 ? { destinationPortRange: ports[0]! } : { destinationPortRanges: [...ports] }),
    })),
    {
      ...rule("everybody-else", 4_096, "Deny"),
      description: "Azure's own rules would let the whole virtual network in.",
      sourceAddressPrefix: "*",
      destinationPortRange: "*",
    },
  ];
}
