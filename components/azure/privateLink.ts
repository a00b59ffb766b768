import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../internal/after";
import type { Place } from "./place";

const TOKEN = "cutover:azure:PrivateLink";

export interface PrivateLinkArgs extends Place {
  /** Subnet that the address is taken from. */
  subnetId: pulumi.Input<string>;
  /** What is reached. */
  resourceId: pulumi.Input<string>;
  /** Part of the resource that is reached, as Azure names it: `vault`, `blob`, `account`, `redisEnterprise`. */
  group: string;
  /** Private DNS zone in which its name is written. */
  zoneId: pulumi.Input<string>;
}

/**
 * A private address for a service of Azure: the endpoint in the network, and its name in the private zone.
 *
 * Cost: about 7 dollars a month, and 0.01 dollars a GB.
 */
export class PrivateLink extends pulumi.ComponentResource {
  /** Id of the endpoint; known once its name resolves. */
  public readonly endpointId: pulumi.Output<string>;

  constructor(name: string, args: PrivateLinkArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, tags, group } = args;

    const endpoint = new network.PrivateEndpoint(
      `${name}-endpoint`,
      {
        resourceGroupName,
        location,
        subnet: { id: args.subnetId },
        privateLinkServiceConnections: [{ name: group, privateLinkServiceId: args.resourceId, groupIds: [group] }],
        tags,
      },
      { parent: this },
    );
    const names = new network.PrivateDnsZoneGroup(
      `${name}-names`,
      {
        resourceGroupName,
        privateEndpointName: endpoint.name,
        privateDnsZoneConfigs: [{ name: group, privateDnsZoneId: args.zoneId }],
      },
      { parent: this },
    );

    this.endpointId = after(endpoint.id, names.id);
    this.registerOutputs({ endpointId: this.endpointId });
  }
}
