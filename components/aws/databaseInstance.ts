import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import type { DatabaseConfig } from "../../stacks/config/database";
import { dataTags } from "./dataTags";
import { databaseAlarms } from "./databaseAlarms";
import type { DatabaseSite } from "./databaseSite";

const TOKEN = "cutover:aws:DatabaseInstance";

/** Logs that RDS for PostgreSQL exports. */
const LOGS = ["postgresql", "upgrade"] as const;

/** What an instance is to its jurisdiction. */
export type DatabaseRole =
  | {
      kind: "primary";
      /** Master password, of which the rotation function is the owner after creation. */
      password: pulumi.Input<string>;
    }
  | {
      kind: "replica";
      /** Identifier of the source in the same region, its ARN in another one. */
      source: pulumi.Input<string>;
      /** Whether the source stands in another region: then subnets and key are this region's own. */
      acrossRegions: boolean;
      multiAz: boolean;
      /** Whether it has become a database of its own. */
      promote: boolean;
      /** Its version where that is not the database's: during an upgrade. */
      engineVersion?: string;
    };

/** What every instance of a deployment is told. */
export interface DatabaseInstanceFacts {
  config: DatabaseConfig;
  /** Key of the region: encrypts storage, backups and performance insights. */
  keyArn: pulumi.Input<string>;
  /** Key that encrypts the logs; CloudWatch Logs may use it. */
  logKeyArn: pulumi.Input<string>;
  /** Days that the logs are kept: a value that CloudWatch Logs knows. */
  logRetentionDays: number;
  /** SNS topic of the region's alarms. */
  alarmTopicArn: pulumi.Input<string>;
  tags: Record<string, string>;
}

export interface DatabaseInstanceArgs extends DatabaseInstanceFacts {
  /** Identifier. Plain and fixed: RDS names the log groups by it, and they have to exist before it does. */
  identifier: string;
  role: DatabaseRole;
  /** What the region's instances share. */
  site: DatabaseSite;
}

/**
 * One RDS instance for PostgreSQL. Creates its log groups, the instance and its alarms.
 *
 * Promotion: without `replicateSourceDb`, RDS makes the replica a database of its own, in place, within minutes, with
 * the backups and the standby that it has already or gets now. It keeps the users and passwords of its source, and its
 * address. RDS cannot make it a replica again: `promote: false` is then an error of the provider, and the way back is a
 * new replica.
 *
 * Failure: Multi-AZ fails over within one or two minutes. Three locks keep the data: Pulumi's, RDS's own deletion
 * protection, and that a destroyed stack leaves the instance in place.
 *
 * @stateful
 */
export class DatabaseInstance extends pulumi.ComponentResource {
  public readonly identifier: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  /** The id that IAM database authentication names (`db-…`). */
  public readonly resourceId: pulumi.Output<string>;
  public readonly address: pulumi.Output<string>;
  public readonly alarmArns: pulumi.Output<string>[];

  constructor(name: string, args: DatabaseInstanceArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { config, site, role, identifier } = args;

    const logGroups = LOGS.map(
      (log) =>
        new cloudwatch.LogGroup(
          `${name}-${log}-log`,
          {
            name: `/aws/rds/instance/${identifier}/${log}`,
            retentionInDays: args.logRetentionDays,
            kmsKeyId: args.logKeyArn,
            deletionProtectionEnabled: true,
            tags: dataTags(args.tags, "audit-log", args.logRetentionDays),
          },
          { parent: this, protect: true, retainOnDelete: true },
        ),
    );
    const instance = new rds.Instance(
      `${name}-instance`,
      {
        identifier,
        instanceClass: config.instanceClass,
        engineVersion: (role.kind === "replica" ? role.engineVersion : undefined) ?? config.engineVersion,
        // Versions move by config, after a rehearsal, and never by themselves.
        autoMinorVersionUpgrade: false,
        storageType: "gp3",
        maxAllocatedStorage: config.maxStorageGiB,
        storageEncrypted: true,
        port: config.port,
        publiclyAccessible: false,
        vpcSecurityGroupIds: [site.securityGroupId],
        parameterGroupName: site.parameterGroupName,
        caCertIdentifier: "rds-ca-rsa2048-g1",
        iamDatabaseAuthenticationEnabled: true,
        backupRetentionPeriod: config.backups.days,
        backupWindow: config.backups.window,
        deleteAutomatedBackups: false,
        copyTagsToSnapshot: true,
        finalSnapshotIdentifier: `${identifier}-final`,
        maintenanceWindow: config.maintenanceWindow,
        monitoringInterval: config.monitoringSeconds,
        monitoringRoleArn: site.monitoringRoleArn,
        databaseInsightsMode: "standard",
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: args.keyArn,
        performanceInsightsRetentionPeriod: config.insightsDays,
        enabledCloudwatchLogsExports: [...LOGS],
        deletionProtection: true,
        // The retention is that of its backups: records in the database end by the application's own rules.
        tags: dataTags(args.tags, "education-record", config.backups.days),
        ...(role.kind === "primary" ? primaryArgs(args, role) : replicaArgs(args, role)),
      },
      {
        parent: this,
        dependsOn: logGroups,
        protect: true,
        retainOnDelete: true,
        // The rotation function owns the password after creation.
        ignoreChanges: ["password"],
        customTimeouts: { create: "3h", update: "3h", delete: "2h" },
      },
    );

    this.identifier = instance.identifier;
    this.arn = instance.arn;
    this.resourceId = instance.resourceId;
    this.address = instance.address;
    this.alarmArns = databaseAlarms(
      name,
      {
        identifier: instance.identifier,
        thresholds: config.alarms,
        replicates: role.kind === "replica" && !role.promote,
        topicArn: args.alarmTopicArn,
        tags: args.tags,
      },
      { parent: this },
    );
    this.registerOutputs({
      identifier: this.identifier,
      arn: this.arn,
      resourceId: this.resourceId,
      address: this.address,
      alarmArns: this.alarmArns,
    });
  }
}

function primaryArgs({ config, site, keyArn }: DatabaseInstanceArgs, { password }: DatabaseRole & { kind: "primary" }) {
  return {
    engine: "postgres",
    // No extended support: it costs 0.10 dollars an hour for each vCPU, and hides that a version is over.
    engineLifecycleSupport: "open-source-rds-extended-support-disabled",
    allocatedStorage: config.storageGiB,
    kmsKeyId: keyArn,
    dbName: config.name,
    dbSubnetGroupName: site.subnetGroupName,
    username: config.adminUser,
    // Not managed by RDS (manageMasterUserPassword): RDS makes no read replica of an instance whose password it manages.
    password: pulumi.secret(password),
    multiAz: true,
    skipFinalSnapshot: false,
  };
}

/** Engine, storage, users and passwords are the source's; in the source's region subnets and key are, too. */
function replicaArgs({ site, keyArn }: DatabaseInstanceArgs, role: DatabaseRole & { kind: "replica" }) {
  return {
    replicateSourceDb: role.promote ? undefined : role.source,
    ...(role.acrossRegions ? { dbSubnetGroupName: site.subnetGroupName, kmsKeyId: keyArn } : {}),
    multiAz: role.multiAz || role.promote,
    // What a promotion changes is not to wait for the maintenance window.
    applyImmediately: role.promote,
    // RDS takes no final snapshot of a replica.
    skipFinalSnapshot: !role.promote,
  };
}
