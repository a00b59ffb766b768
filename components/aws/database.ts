import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { DatabaseReplicaConfig } from "../../stacks/config/database";
import { DatabaseInstance, type DatabaseInstanceFacts } from "./databaseInstance";
import { DatabaseSite, type DatabaseSiteArgs } from "./databaseSite";
import { GeneratedSecret } from "./generatedSecret";
import type { SecretReplica } from "./secret";

const TOKEN = "cutover:aws:Database";

export interface DatabaseArgs extends DatabaseInstanceFacts, DatabaseSiteArgs {
  /** Identifier of the primary; replicas add `-` and their name. */
  identifier: string;
  /** The AWS account. */
  account: string;
  /** The region that it stands in. */
  region: string;
  /** The replicas that stand in this region, by name. */
  replicas: Record<string, DatabaseReplicaConfig>;
  /** Key that encrypts the master password. */
  secretKeyArn: pulumi.Input<string>;
  /** Where the master password is kept besides: a promoted replica still has it. */
  secretReplicas: readonly SecretReplica[];
}

/**
 * A jurisdiction's PostgreSQL in its primary region. Creates what the instances share, the master password with its
 * rotation, the primary and the replicas of the region. Workloads authenticate through IAM; the master password is for
 * administration and migrations.
 *
 * Cost: db.r6g.2xlarge about 0.90 dollars an hour in us-east-1, twice that with a standby, for each instance.
 *
 * @stateful
 */
export class Database extends pulumi.ComponentResource {
  public readonly primary: DatabaseInstance;
  /** The replicas of the region, by name. */
  public readonly replicas: Record<string, DatabaseInstance>;
  /** Secret of the master user. */
  public readonly adminSecretArn: pulumi.Output<string>;
  public readonly alarmArns: pulumi.Output<string>[];

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { config, identifier } = args;

    const site = new DatabaseSite(`${name}-site`, args, { parent: this });
    const admin = new GeneratedSecret(
      `${name}-admin`,
      {
        description: `Master password of ${config.adminUser} on ${identifier}.`,
        account: args.account,
        keyArn: args.secretKeyArn,
        logKeyArn: args.logKeyArn,
        logRetentionDays: args.logRetentionDays,
        instance: { identifier, region: args.region },
        replicas: args.secretReplicas,
        tags: args.tags,
      },
      { parent: this },
    );
    this.primary = new DatabaseInstance(
      `${name}-primary`,
      { ...args, identifier, site, role: { kind: "primary", password: admin.value } },
      { parent: this },
    );
    this.replicas = Object.fromEntries(
      Object.entries(args.replicas).map(([key, { multiAz, promote, engineVersion }]) => [
        key,
        new DatabaseInstance(
          `${name}-replica-${key}`,
          {
            ...args,
            identifier: `${identifier}-${key}`,
            site,
            role: {
              kind: "replica",
              source: this.primary.identifier,
              acrossRegions: false,
              multiAz,
              promote,
              engineVersion,
            },
          },
          { parent: this },
        ),
      ]),
    );
    // After the primary: Secrets Manager tests a rotation when it is scheduled.
    new secretsmanager.SecretRotation(
      `${name}-admin-rotation`,
      {
        secretId: admin.arn,
        rotationLambdaArn: admin.functionArn,
        rotateImmediately: false,
        rotationRules: { automaticallyAfterDays: config.rotateAdminAfterDays },
      },
      { parent: this, dependsOn: this.primary },
    );

    this.adminSecretArn = admin.arn;
    this.alarmArns = [this.primary, ...Object.values(this.replicas)].flatMap((instance) => instance.alarmArns);
    this.registerOutputs({
      identifier: this.primary.identifier,
      adminSecretArn: this.adminSecretArn,
      alarmArns: this.alarmArns,
    });
  }
}
