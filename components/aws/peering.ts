import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

const REQUESTER_TOKEN = "cutover:aws:PeeringRequester";
const ACCEPTER_TOKEN = "cutover:aws:PeeringAccepter";

interface PeeringSide {
  /** Range of the other network. */
  peerCidr: string;
  /** Route tables whose subnets reach the other network, in the order of the zones. */
  routeTableIds: readonly pulumi.Input<string>[];
}

export interface PeeringRequesterArgs extends PeeringSide {
  vpcId: pulumi.Input<string>;
  peerVpcId: pulumi.Input<string>;
  /** Region of the other network, in the same jurisdiction. */
  peerRegion: string;
}

/**
 * One side of a private path between the networks of two regions of a jurisdiction: asks for the connection and routes
 * to the other network. Traffic between regions stays on AWS's network and is encrypted there.
 *
 * Cost: by the volume of data that crosses regions.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html
 */
export class PeeringRequester extends pulumi.ComponentResource {
  public readonly connectionId: pulumi.Output<string>;

  constructor(name: string, args: PeeringRequesterArgs, opts?: pulumi.ComponentResourceOptions) {
    super(REQUESTER_TOKEN, name, {}, opts);
    const connection = new ec2.VpcPeeringConnection(
      `${name}-connection`,
      { vpcId: args.vpcId, peerVpcId: args.peerVpcId, peerRegion: args.peerRegion, tags: { Name: name } },
      { parent: this },
    );
    this.connectionId = connection.id;
    route(this, name, args, connection.id);
    this.registerOutputs({ connectionId: this.connectionId });
  }
}

export interface PeeringAccepterArgs extends PeeringSide {
  /** Connection that the requester asked for. */
  connectionId: pulumi.Input<string>;
}

/** The other side of a {@link PeeringRequester}: accepts the connection, and routes back. */
export class PeeringAccepter extends pulumi.ComponentResource {
  constructor(name: string, args: PeeringAccepterArgs, opts?: pulumi.ComponentResourceOptions) {
    super(ACCEPTER_TOKEN, name, {}, opts);
    const accepted = new ec2.VpcPeeringConnectionAccepter(
      `${name}-connection`,
      { vpcPeeringConnectionId: args.connectionId, autoAccept: true, tags: { Name: name } },
      { parent: this },
    );
    route(this, name, args, accepted.vpcPeeringConnectionId);
    this.registerOutputs({});
  }
}

function route(
  parent: pulumi.Resource,
  name: string,
  { peerCidr, routeTableIds }: PeeringSide,
  vpcPeeringConnectionId: pulumi.Output<string>,
): void {
  for (const [index, routeTableId] of routeTableIds.entries()) {
    new ec2.Route(
      `${name}-route-${index}`,
      { routeTableId, destinationCidrBlock: peerCidr, vpcPeeringConnectionId },
      { parent },
    );
  }
}
