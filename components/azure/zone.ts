import * as dns from "@pulumi/azure-native/dns";
import * as pulumi from "@pulumi/pulumi";

const TOKEN = "cutover:azure:Zone";

export interface ZoneArgs {
  resourceGroupName: pulumi.Input<string>;
  tags: Record<string, string>;
  /** Name of the zone. */
  zone: string;
}

/**
 * The public DNS zone, signed (DNSSEC), with a record that says who may issue certificates for it: the authorities of
 * Front Door and of the gateway's certificate. The registrar has to be told the name servers and the DS record, once.
 *
 * Cost: 0.50 dollars a month, and 0.40 for a million questions.
 *
 * @stateful
 */
export class Zone extends pulumi.ComponentResource {
  public readonly zoneId: pulumi.Output<string>;
  public readonly zoneName: pulumi.Output<string>;
  /** What the registrar has to be told. */
  public readonly nameServers: pulumi.Output<string[]>;

  constructor(name: string, args: ZoneArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, tags } = args;

    const zone = new dns.Zone(
      `${name}-zone`,
      { resourceGroupName, location: "global", zoneName: args.zone, zoneType: "Public", tags },
      { parent: this, protect: true, retainOnDelete: true },
    );
    new dns.DnssecConfig(`${name}-signed`, { resourceGroupName, zoneName: zone.name }, { parent: this });
    new dns.RecordSet(
      `${name}-issuers`,
      {
        resourceGroupName,
        zoneName: zone.name,
        relativeRecordSetName: "@",
        recordType: "CAA",
        ttl: 3_600,
        caaRecords: [
          { flags: 0, tag: "issue", value: "digicert.com" },
          { flags: 0, tag: "issue", value: "letsencrypt.org" },
          { flags: 0, tag: "issuewild", value: ";" },
        ],
      },
      { parent: this },
    );

    this.zoneId = zone.id;
    this.zoneName = zone.name;
    this.nameServers = zone.nameServers;
    this.registerOutputs({ zoneId: this.zoneId, zoneName: this.zoneName, nameServers: this.nameServers });
  }
}
