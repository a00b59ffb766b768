import * as backup from "@pulumi/aws/backup";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { snapshotSchedule, type DatabaseConfig } from "../../stacks/config/database";

const TOKEN = "cutover:aws:Backup";

export interface BackupArgs {
  config: Pick<DatabaseConfig, "snapshots">;
  /** ARN of the instance: a jurisdiction's database. */
  databaseArn: pulumi.Input<string>;
  /** Vault of the database's region. */
  vaultName: pulumi.Input<string>;
  /** ARN of the vault that receives the copies, in another region of the same jurisdiction. @default - there are no copies */
  copyVaultArn?: pulumi.Input<string>;
  tags: Record<string, string>;
}

/**
 * The plan by which AWS Backup takes snapshots of a jurisdiction's database and copies each to another region, if one is named, besides
 * the automated backups of RDS. Creates the plan, what it selects and the role that it works with.
 *
 * Cost: about 0.095 dollars a GB and month in each region.
 */
export class Backup extends pulumi.ComponentResource {
  public readonly planId: pulumi.Output<string>;
  public readonly planArn: pulumi.Output<string>;

  constructor(name: string, args: BackupArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { snapshots } = args.config;
    const lifecycle = { deleteAfter: snapshots.retentionDays };

    const plan = new backup.Plan(
      `${name}-plan`,
      {
        rules: [
          {
            ruleName: "snapshots",
            targetVaultName: args.vaultName,
            schedule: snapshotSchedule(args.config),
            scheduleExpressionTimezone: "Etc/UTC",
            startWindow: snapshots.startMinutes,
            completionWindow: snapshots.completeMinutes,
            lifecycle,
            ...(args.copyVaultArn === undefined
              ? {}
              : { copyActions: [{ destinationVaultArn: args.copyVaultArn, lifecycle }] }),
            recoveryPointTags: args.tags,
          },
        ],
        tags: args.tags,
      },
      { parent: this },
    );
    const role = new iam.Role(
      `${name}-role`,
      {
        description: "AWS Backup: takes and copies snapshots of the database.",
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "backup.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
        tags: args.tags,
      },
      { parent: this },
    );
    // AWS keeps this policy in step with what a backup job calls; it gives no right to restore.
    const rights = new iam.RolePolicyAttachment(
      `${name}-rights`,
      {
        role: role.name,
        policyArn: "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
      },
      { parent: this },
    );
    new backup.Selection(
      `${name}-selection`,
      { planId: plan.id, iamRoleArn: role.arn, resources: [args.databaseArn] },
      { parent: this, dependsOn: rights },
    );

    this.planId = plan.id;
    this.planArn = plan.arn;
    this.registerOutputs({ planId: this.planId, planArn: this.planArn });
  }
}
