import * as dns from "@pulumi/azure-native/dns";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../internal/after";
import { CERTIFICATES } from "../kubernetes/certificates";
import { Identity } from "./identity";
import type { Place } from "./place";
import { roleAssignment } from "./roleAssignment";

const TOKEN = "cutover:azure:HostProof";

/** How long resolvers keep what is in the record set, seconds: as cert-manager itself would have it. */
const TTL_SECONDS = 60;

export interface HostProofArgs extends Place {
  subscriptionId: string;
  /** Name that is proven, inside the zone. */
  host: string;
  /** DNS zone of the host, in Azure DNS. */
  zone: string;
  zoneName: pulumi.Input<string>;
  /** Issuer of the cluster's service account tokens, without `https://`. */
  oidcIssuer: pulumi.Input<string>;
}

/**
 * What cert-manager proves a host with: an identity that changes one record set of the DNS zone, `_acme-challenge` of the host, and
 * nothing else.
 *
 * The record set is made here with a value of its own. cert-manager adds its values to those that are there and takes away only
 * its own, so the record set, and with it the role on it, stays from one renewal to the next. A role on the zone would let
 * whoever has the identity send users elsewhere.
 *
 * @see https://cert-manager.io/docs/configuration/acme/dns01/azuredns/
 * @see https://learn.microsoft.com/azure/dns/dns-protect-zones-recordsets
 */
export class HostProof extends pulumi.ComponentResource {
  /** The solver of an ACME issuer that is proven with it; known once the identity may. */
  public readonly solver: pulumi.Output<object>;

  constructor(name: string, args: HostProofArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, tags, subscriptionId, zoneName } = args;

    const challenge = new dns.RecordSet(
      `${name}-challenge`,
      {
        resourceGroupName,
        zoneName,
        relativeRecordSetName: `_acme-challenge.${args.host.slice(0, -args.zone.length - 1)}`,
        recordType: "TXT",
        ttl: TTL_SECONDS,
        txtRecords: [{ value: ["cert-manager adds its proofs to this value"] }],
      },
      { parent: this, ignoreChanges: ["txtRecords"] },
    );
    const identity = new Identity(
      `${name}-access`,
      {
        resourceGroupName,
        location,
        tags,
        subjects: [
          {
            key: "cert-manager",
            oidcIssuer: args.oidcIssuer,
            namespace: CERTIFICATES,
            serviceAccount: CERTIFICATES,
          },
        ],
      },
      { parent: this },
    );
    const role = roleAssignment(
      `${name}-role`,
      {
        role: "editRecords",
        subscriptionId,
        principalId: identity.principalId,
        scope: challenge.id,
        description: "cert-manager proves the name of the cluster's gateway.",
      },
      { parent: this },
    );

    this.solver = pulumi.output({
      azureDNS: {
        hostedZoneName: zoneName,
        resourceGroupName,
        subscriptionID: subscriptionId,
        environment: "AzurePublicCloud",
        managedIdentity: { clientID: after(identity.clientId, role.id) },
      },
    });
    this.registerOutputs({ solver: this.solver });
  }
}
