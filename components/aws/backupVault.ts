import * as backup from "@pulumi/aws/backup";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../internal/after";
import type { DatabaseConfig } from "../../stacks/config/database";
import { alarm } from "./alarm";
import { dataTags } from "./dataTags";

const TOKEN = "cutover:aws:BackupVault";

export interface BackupVaultArgs {
  config: Pick<DatabaseConfig, "snapshots">;
  /** Key of the region: encrypts what the vault holds. */
  keyArn: pulumi.Input<string>;
  /** SNS topic of the region's alarms. @default - no alarms: a vault of copies, which the vault that they come from reports on */
  alarmTopicArn?: pulumi.Input<string>;
  tags: Record<string, string>;
}

/**
 * Where AWS Backup keeps snapshots in one region. Creates the vault, its lock, which refuses deletions before and
 * retentions beyond what config says, and alarms on jobs that failed.
 *
 * @stateful
 */
export class BackupVault extends pulumi.ComponentResource {
  /** The vault's name, once it is locked. */
  public readonly vaultName: pulumi.Output<string>;
  /** The vault's ARN, once it is locked. */
  public readonly arn: pulumi.Output<string>;
  public readonly alarmArns: pulumi.Output<string>[];

  constructor(name: string, args: BackupVaultArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { retentionDays, lock } = args.config.snapshots;

    const vault = new backup.Vault(
      `${name}-vault`,
      { kmsKeyArn: args.keyArn, forceDestroy: false, tags: dataTags(args.tags, "education-record", retentionDays) },
      { parent: this, protect: true, retainOnDelete: true },
    );
    const locked = new backup.VaultLockConfiguration(
      `${name}-lock`,
      {
        backupVaultName: vault.name,
        minRetentionDays: lock.minDays,
        maxRetentionDays: lock.maxDays,
        changeableForDays: lock.graceDays,
      },
      { parent: this, protect: true, retainOnDelete: true },
    );

    const { alarmTopicArn } = args;
    this.alarmArns = (
      alarmTopicArn === undefined
        ? []
        : [
            ["backup", "NumberOfBackupJobsFailed", "A snapshot failed: the next one is hours away."],
            ["copy", "NumberOfCopyJobsFailed", "A snapshot was not copied to another region."],
          ]
    ).map(
      ([role, metric = "", description = ""]) =>
        alarm(
          `${name}-${role}-alarm`,
          {
            description,
            namespace: "AWS/Backup",
            metric,
            dimensions: { BackupVaultName: vault.name },
            statistic: "Sum",
            when: "above",
            threshold: 0,
            periodMinutes: 60,
            periods: 1,
            silence: "fine",
            topicArn: alarmTopicArn!,
            tags: args.tags,
          },
          { parent: this },
        ).arn,
    );
    this.vaultName = after(vault.name, locked.id);
    this.arn = after(vault.arn, locked.id);
    this.registerOutputs({ vaultName: this.vaultName, arn: this.arn, alarmArns: this.alarmArns });
  }
}
