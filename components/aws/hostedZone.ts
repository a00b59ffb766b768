import { Zone } from "@pulumi/aws/route53/zone";
import * as pulumi from "@pulumi/pulumi";

const TOKEN = "cutover:aws:HostedZone";

/**
 * The DNS zone on Route 53. The registrar is told its `nameServers` while the first deployment runs: until then the zone answers
 * nobody, and certificates wait for it.
 *
 * @stateful
 */
export class HostedZone extends pulumi.ComponentResource {
  public readonly zoneId: pulumi.Output<string>;
  /** Name servers that the registrar has to delegate the zone to. */
  public readonly nameServers: pulumi.Output<string[]>;

  /** @param args.zone - Name of the zone. */
  constructor(name: string, args: { zone: string }, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const zone = new Zone(
      `${name}-zone`,
      { name: args.zone, comment: "Managed by Cutover.", forceDestroy: false },
      { parent: this, protect: true, retainOnDelete: true },
    );
    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
    this.registerOutputs({ zoneId: this.zoneId, nameServers: this.nameServers });
  }
}
