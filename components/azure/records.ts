import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import type { AzureStorageConfig } from "../../stacks/config/azure/storage";
import { dataTags } from "../aws/dataTags";
import { after } from "../internal/after";
import { diagnostics } from "./diagnostics";
import type { Place } from "./place";
import { PrivateLink } from "./privateLink";

const TOKEN = "cutover:azure:Records";

export interface RecordsArgs extends Place {
  config: AzureStorageConfig;
  workspaceId: pulumi.Input<string>;
  subnetId: pulumi.Input<string>;
  zoneId: pulumi.Input<string>;
  /** Vault and key that blobs are encrypted with, and the identity that uses it. */
  encryption: { vaultUri: pulumi.Input<string>; keyName: pulumi.Input<string>; identityId: pulumi.Input<string> };
}

/**
 * Education records, the record of who was shown them, and dumps from before changes of the database. Records have
 * versions and come back after a deletion; after their time Azure deletes them. Entries of the audit container can be
 * added and, for their time, neither changed nor deleted. Who reads or writes which blob is logged.
 *
 * Soft delete is the account's: whatever is deleted, by whomever, comes back for `records.versionDays` and is gone for
 * good after them. With a day for the version that a deletion leaves, a dump of 35 days is gone after 126.
 *
 * The account has no lock of Azure: under one, nobody's role on it could be taken away.
 *
 * The immutability policy is not locked by the program: a lock can never be taken back, so a person sets it, when the
 * time is right (`az storage container immutability-policy lock`).
 *
 * @stateful
 */
export class Records extends pulumi.ComponentResource {
  public readonly accountId: pulumi.Output<string>;
  /** Address of the blobs; inside the network only. Known once it resolves. */
  public readonly blobEndpoint: pulumi.Output<string>;
  /** Id of each container: what roles are given on. */
  public readonly containerIds: Record<"records" | "audit" | "backups", pulumi.Output<string>>;

  constructor(name: string, args: RecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, tags, config } = args;

    const account = this.account(name, args);
    const accountName = account.name;
    const service = new storage.BlobServiceProperties(
      `${name}-blobs`,
      {
        resourceGroupName,
        accountName,
        blobServicesName: "default",
        isVersioningEnabled: true,
        changeFeed: { enabled: true, retentionInDays: config.records.versionDays },
        deleteRetentionPolicy: { enabled: true, days: config.records.versionDays },
        containerDeleteRetentionPolicy: { enabled: true, days: config.records.versionDays },
      },
      { parent: this },
    );
    const container = (containerName: string) =>
      new storage.BlobContainer(
        `${name}-${containerName}`,
        { resourceGroupName, accountName, containerName, publicAccess: "None" },
        { parent: this, protect: true, retainOnDelete: true, dependsOn: [service] },
      );
    const records = container("records");
    const audit = container("audit");
    const backups = container("backups");
    const immutable = new storage.BlobContainerImmutabilityPolicy(
      `${name}-audit-immutable`,
      {
        resourceGroupName,
        accountName,
        containerName: audit.name,
        immutabilityPolicyName: "default",
        immutabilityPeriodSinceCreationInDays: config.audit.retentionDays,
        allowProtectedAppendWrites: true,
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    this.lifecycle(name, args, account);
    diagnostics(
      `${name}-diagnostics`,
      {
        resourceUri: pulumi.interpolate`${account.id}/blobServices/default`,
        workspaceId: args.workspaceId,
        categories: ["StorageRead", "StorageWrite", "StorageDelete"],
      },
      { parent: this, dependsOn: [service] },
    );
    const link = new PrivateLink(
      `${name}-link`,
      {
        resourceGroupName,
        location,
        tags,
        subnetId: args.subnetId,
        zoneId: args.zoneId,
        resourceId: account.id,
        group: "blob",
      },
      { parent: this },
    );

    this.accountId = account.id;
    this.blobEndpoint = after(
      account.primaryEndpoints.apply(({ blob }) => blob),
      link.endpointId,
    );
    this.containerIds = { records: records.id, audit: after(audit.id, immutable.id), backups: backups.id };
    this.registerOutputs({ accountId: this.accountId, blobEndpoint: this.blobEndpoint });
  }

  private account(name: string, { resourceGroupName, location, tags, config, encryption }: RecordsArgs) {
    return new storage.StorageAccount(
      `${name}-account`,
      {
        resourceGroupName,
        location,
        accountName: config.accountName,
        kind: "StorageV2",
        sku: { name: config.replication },
        accessTier: "Hot",
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: "TLS1_2",
        allowBlobPublicAccess: false,
        allowSharedKeyAccess: false,
        allowCrossTenantReplication: false,
        defaultToOAuthAuthentication: true,
        isLocalUserEnabled: false,
        publicNetworkAccess: "Disabled",
        networkRuleSet: { defaultAction: "Deny", bypass: "None" },
        identity: { type: "UserAssigned", userAssignedIdentities: [encryption.identityId] },
        encryption: {
          keySource: "Microsoft.Keyvault",
          requireInfrastructureEncryption: true,
          encryptionIdentity: { encryptionUserAssignedIdentity: encryption.identityId },
          // Without a version: storage follows the key's rotation.
          keyVaultProperties: { keyVaultUri: encryption.vaultUri, keyName: encryption.keyName },
          services: { blob: { enabled: true, keyType: "Account" }, file: { enabled: true, keyType: "Account" } },
        },
        tags: dataTags(tags, "education-record", config.records.retentionDays),
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
  }

  /** What is deleted, and when: days after the last change, and days after which a version goes. */
  private lifecycle(name: string, { resourceGroupName, config }: RecordsArgs, account: storage.StorageAccount): void {
    const rule = (container: string, days: number, versionDays: number) => ({
      name: `${container}-end`,
      enabled: true,
      type: "Lifecycle",
      definition: {
        filters: { blobTypes: container === "audit" ? ["appendBlob"] : ["blockBlob"], prefixMatch: [`${container}/`] },
        actions: {
          baseBlob: { delete: { daysAfterModificationGreaterThan: days } },
          // What is deleted lives on as a version, until that is deleted as well.
          version: { delete: { daysAfterCreationGreaterThan: versionDays } },
          snapshot: { delete: { daysAfterCreationGreaterThan: versionDays } },
        },
      },
    });
    new storage.ManagementPolicy(
      `${name}-lifecycle`,
      {
        resourceGroupName,
        accountName: account.name,
        managementPolicyName: "default",
        policy: {
          rules: [
            rule("records", config.records.retentionDays, config.records.versionDays),
            rule("audit", config.audit.retentionDays, config.audit.retentionDays),
            rule("backups", config.backups.retentionDays, 1),
          ],
        },
      },
      { parent: this },
    );
  }
}
