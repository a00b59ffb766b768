import * as privatedns from "@pulumi/azure-native/privatedns";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../internal/after";

const TOKEN = "cutover:azure:PrivateZones";

export interface PrivateZonesArgs<Key extends string> {
  resourceGroupName: pulumi.Input<string>;
  tags: Record<string, string>;
  /** Virtual network that resolves the names. */
  vnetId: pulumi.Input<string>;
  /** Name of each zone, by what it is for. */
  zones: Readonly<Record<Key, string>>;
}

/** Private DNS zones: inside the network, names of Azure's services lead to their private addresses. */
export class PrivateZones<Key extends string> extends pulumi.ComponentResource {
  /** Id of each zone; known once the network resolves it. */
  public readonly ids: Record<Key, pulumi.Output<string>>;

  constructor(name: string, args: PrivateZonesArgs<Key>, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, tags } = args;

    const entries = (Object.entries(args.zones) as [Key, string][]).map(([key, privateZoneName]) => {
      const zone = new privatedns.PrivateZone(
        `${name}-${key}`,
        { resourceGroupName, location: "Global", privateZoneName, tags },
        { parent: this },
      );
      const link = new privatedns.VirtualNetworkLink(
        `${name}-${key}-link`,
        {
          resourceGroupName,
          location: "Global",
          privateZoneName: zone.name,
          virtualNetwork: { id: args.vnetId },
          registrationEnabled: false,
          tags,
        },
        { parent: this },
      );
      return [key, after(zone.id, link.id)];
    });

    this.ids = Object.fromEntries(entries) as Record<Key, pulumi.Output<string>>;
    this.registerOutputs({ ids: this.ids });
  }
}
