import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { dataTags } from "../aws/dataTags";
import { after } from "../internal/after";
import { diagnostics } from "./diagnostics";
import { metricAlert } from "./metricAlert";
import type { Place, Watch } from "./place";
import { PrivateLink } from "./privateLink";

const TOKEN = "cutover:azure:Vault";

/** Days in which a deleted vault, key or secret comes back: the most that Key Vault allows. */
const RECOVERY_DAYS = 90;

export interface VaultArgs extends Place, Watch {
  /** Unique in the world. */
  vaultName: string;
  tenantId: string;
  /**
   * Where it has a private address.
   *
   * @default - nowhere: only Azure's own services reach it, those that encrypt with its keys
   */
  network?: { subnetId: pulumi.Input<string>; zoneId: pulumi.Input<string> };
}

/**
 * A key vault: roles decide who may use what, it has no public address, and what is deleted comes back for 90 days,
 * whoever deleted it. Its logs say who read which secret.
 *
 * Failure: without its keys, what they encrypt is lost. So Pulumi protects it, a destroyed stack leaves it in place,
 * and purge protection, which nobody can take away again, keeps what was deleted. It has no lock of Azure: under one,
 * nobody's role on a secret could be taken away.
 *
 * @stateful
 */
export class Vault extends pulumi.ComponentResource {
  public readonly vaultId: pulumi.Output<string>;
  /** Name, known once its logs are on. */
  public readonly vaultName: pulumi.Output<string>;
  /** Address, `https://<name>.vault.azure.net/`. */
  public readonly uri: pulumi.Output<string>;

  constructor(name: string, args: VaultArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, tags } = args;

    const vault = new keyvault.Vault(
      `${name}-vault`,
      {
        resourceGroupName,
        location,
        vaultName: args.vaultName,
        properties: {
          tenantId: args.tenantId,
          sku: { family: "A", name: "premium" },
          enableRbacAuthorization: true,
          enableSoftDelete: true,
          softDeleteRetentionInDays: RECOVERY_DAYS,
          enablePurgeProtection: true,
          publicNetworkAccess: "Disabled",
          // Services that encrypt with its keys, and Resource Manager, which makes them, come in their own name.
          networkAcls: { defaultAction: "Deny", bypass: "AzureServices", ipRules: [], virtualNetworkRules: [] },
        },
        tags: dataTags(tags, "secret"),
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    const logs = diagnostics(
      `${name}-diagnostics`,
      { resourceUri: vault.id, workspaceId: args.workspaceId },
      { parent: this },
    );
    metricAlert(
      `${name}-available`,
      {
        resourceGroupName,
        tags,
        description: `The key vault ${args.vaultName} answers less than 99 % of its requests.`,
        scope: vault.id,
        namespace: "Microsoft.KeyVault/vaults",
        metric: "Availability",
        statistic: "Average",
        when: "below",
        threshold: 99,
        minutes: 5,
        to: "critical",
        listeners: args.listeners,
      },
      { parent: this },
    );
    if (args.network !== undefined) {
      const { subnetId, zoneId } = args.network;
      new PrivateLink(
        `${name}-link`,
        { resourceGroupName, location, tags, subnetId, zoneId, resourceId: vault.id, group: "vault" },
        { parent: this },
      );
    }

    this.vaultId = vault.id;
    this.vaultName = after(vault.name, logs.id);
    this.uri = vault.properties.apply(({ vaultUri }) => vaultUri ?? `https://${args.vaultName}.vault.azure.net/`);
    this.registerOutputs({ vaultId: this.vaultId, vaultName: this.vaultName, uri: this.uri });
  }
}
