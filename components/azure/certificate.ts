import * as certificates from "@pulumi/azure-native/certificateregistration";
import * as dns from "@pulumi/azure-native/dns";
import * as pulumi from "@pulumi/pulumi";
import type { VaultConfig } from "../../stacks/config/azure/vault";
import { after } from "../internal/after";
import { roleAssignment } from "./roleAssignment";

const TOKEN = "cutover:azure:Certificate";

/** How long resolvers keep the proof, seconds. */
const TTL_SECONDS = 300;

export interface CertificateArgs {
  resourceGroupName: pulumi.Input<string>;
  tags: Record<string, string>;
  subscriptionId: string;
  config: VaultConfig["certificate"];
  /** DNS zone of the host, in Azure DNS. */
  zone: string;
  zoneName: pulumi.Input<string>;
  vaultId: pulumi.Input<string>;
  /** Name of the secret in the vault that holds certificate and key. */
  secretName: string;
}

/**
 * A certificate of a public authority for the cluster's gateway, because Front Door trusts no other. Azure orders it,
 * proves the domain by a record, puts it into the key vault and renews it there; whoever reads the vault has the new
 * one within the hour. Neither certificate nor key passes through this program.
 *
 * Cost: about 70 dollars a year. The first order takes minutes to hours, until the authority has seen the proof; until
 * then the secret is empty.
 *
 * @stateful
 */
export class Certificate extends pulumi.ComponentResource {
  /** Id of the secret in the vault; known once the certificate is ordered into it. */
  public readonly secretId: pulumi.Output<string>;

  constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, tags, config, vaultId } = args;

    const order = new certificates.AppServiceCertificateOrder(
      `${name}-order`,
      {
        resourceGroupName,
        location: "global",
        productType: "StandardDomainValidatedSsl",
        distinguishedName: `CN=${config.host}`,
        keySize: 2_048,
        validityInYears: 1,
        autoRenew: true,
        tags,
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    new dns.RecordSet(
      `${name}-proof`,
      {
        resourceGroupName,
        zoneName: args.zoneName,
        relativeRecordSetName: config.host.slice(0, -args.zone.length - 1),
        recordType: "TXT",
        ttl: TTL_SECONDS,
        txtRecords: [{ value: [order.domainVerificationToken] }],
      },
      { parent: this },
    );
    const grant = (who: string, role: "writeSecrets" | "readCertificates", principalId: string) =>
      roleAssignment(
        `${name}-${who}-role`,
        {
          role,
          subscriptionId: args.subscriptionId,
          principalId,
          scope: vaultId,
          description: "Azure puts the certificate into the vault, and renews it there.",
        },
        { parent: this },
      );
    const grants = [
      grant("registration", "writeSecrets", config.issuers.registration),
      grant("app-service", "readCertificates", config.issuers.appService),
    ];
    const stored = new certificates.AppServiceCertificateOrderCertificate(
      `${name}-certificate`,
      {
        resourceGroupName,
        location: "global",
        certificateOrderName: order.name,
        keyVaultId: vaultId,
        keyVaultSecretName: args.secretName,
        tags,
      },
      { parent: this, dependsOn: grants, protect: true, retainOnDelete: true },
    );

    this.secretId = after(pulumi.interpolate`${vaultId}/secrets/${args.secretName}`, stored.id);
    this.registerOutputs({ secretId: this.secretId });
  }
}
