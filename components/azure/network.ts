import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type { AzureNetworkConfig } from "../../stacks/config/azure/network";
import { after } from "../internal/after";
import { addressPlan, type AddressPlan, type SubnetName } from "./addressPlan";
import { networkRules } from "./networkRules";
import type { Place } from "./place";

const TOKEN = "cutover:azure:Network";

/** What lies in a subnet besides addresses. */
const SUBNETS: Record<SubnetName, Pick<network.SubnetArgs, "delegations" | "privateLinkServiceNetworkPolicies">> = {
  nodes: {},
  // A private link service takes addresses only where such policies are off.
  gateway: { privateLinkServiceNetworkPolicies: "Disabled" },
  endpoints: {},
  database: {
    delegations: [{ name: "postgresql", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
  },
};

export interface NetworkArgs extends Place {
  /** Range of the virtual network, /18 or larger. */
  cidr: string;
  config: AzureNetworkConfig;
  /** Range of the cluster's pods, an overlay over the nodes. */
  podCidr: string;
}

/**
 * The virtual network of a region: a subnet for nodes, the gateway, private endpoints and the database, each with its
 * security group; a NAT gateway for what leaves; a DDoS protection plan.
 *
 * Nothing in it has a public address but the NAT gateway. Security groups of private endpoints are enforced.
 *
 * Cost: a DDoS plan about 2,944 dollars a month (the organization's own can be named), the NAT gateway about 33 and its
 * traffic. Failure: a NAT gateway of the tier Standard stands in one zone. When that one is lost, nodes reach nothing on
 * the internet until it is back; database, cache, vault, storage and models have private addresses and stay in reach.
 */
export class Network extends pulumi.ComponentResource {
  public readonly vnetId: pulumi.Output<string>;
  public readonly subnetIds: Record<SubnetName, pulumi.Output<string>>;
  /** Name of the subnet of the gateway, as annotations of services want it. */
  public readonly gatewaySubnetName: string;
  /** Ranges of the subnets. */
  public readonly plan: AddressPlan;
  /** Public addresses that requests to the internet come from. */
  public readonly natAddresses: pulumi.Output<string[]>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, tags, config } = args;
    const place = { resourceGroupName, location, tags };
    this.plan = addressPlan(args.cidr);

    const planId = config.ddosPlanId ?? new network.DdosProtectionPlan(`${name}-ddos`, place, { parent: this }).id;
    const vnet = new network.VirtualNetwork(
      `${name}-vnet`,
      {
        ...place,
        addressSpace: { addressPrefixes: [args.cidr] },
        enableDdosProtection: true,
        ddosProtectionPlan: { id: planId },
      },
      // Subnets are resources of their own: azure-native would otherwise remove what the list of the network leaves out.
      { parent: this, ignoreChanges: ["subnets"] },
    );
    const addresses = Array.from(
      { length: config.natAddresses },
      (_, index) =>
        new network.PublicIPAddress(
          `${name}-nat-address-${index + 1}`,
          { ...place, sku: { name: "Standard" }, publicIPAllocationMethod: "Static", zones: ["1", "2", "3"] },
          { parent: this },
        ),
    );
    const nat = new network.NatGateway(
      `${name}-nat`,
      {
        ...place,
        sku: { name: "Standard" },
        publicIpAddresses: addresses.map(({ id }) => ({ id })),
        idleTimeoutInMinutes: 4,
      },
      { parent: this },
    );
    const subnets = this.subnets(name, args, vnet, nat);

    this.vnetId = vnet.id;
    this.subnetIds = subnets.ids;
    this.gatewaySubnetName = subnets.gatewayName;
    this.natAddresses = pulumi
      .all(addresses.map(({ ipAddress }) => ipAddress))
      .apply((list) => list.map((one) => one!));
    this.registerOutputs({ vnetId: this.vnetId, subnetIds: this.subnetIds, natAddresses: this.natAddresses });
  }

  /** One after the other: Azure refuses to change two subnets of one network at the same time. */
  private subnets(name: string, args: NetworkArgs, vnet: network.VirtualNetwork, nat: network.NatGateway) {
    const { resourceGroupName, location, tags } = args;
    const securityRules = networkRules(this.plan, args.config.operatorRanges, args.podCidr);
    const ids: Partial<Record<SubnetName, pulumi.Output<string>>> = {};
    const previous: pulumi.Resource[] = [];
    for (const [role, special] of Object.entries(SUBNETS) as [SubnetName, (typeof SUBNETS)[SubnetName]][]) {
      const group = new network.NetworkSecurityGroup(
        `${name}-${role}-rules`,
        { resourceGroupName, location, tags, securityRules: securityRules[role] },
        { parent: this },
      );
      const subnet = new network.Subnet(
        `${name}-${role}`,
        {
          resourceGroupName,
          virtualNetworkName: vnet.name,
          subnetName: role,
          addressPrefix: this.plan[role],
          networkSecurityGroup: { id: group.id },
          ...(role === "nodes" ? { natGateway: { id: nat.id } } : {}),
          // Nothing reaches the internet past the NAT gateway.
          defaultOutboundAccess: false,
          privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled",
          ...special,
        },
        { parent: this, dependsOn: [...previous] },
      );
      ids[role] = after(subnet.id, group.id);
      previous.splice(0, 1, subnet);
    }
    return { ids: ids as Record<SubnetName, pulumi.Output<string>>, gatewayName: "gateway" };
  }
}
