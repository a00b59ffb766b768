import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { alarm } from "./alarm";

const TOKEN = "cutover:aws:RecordsReplication";

/** The longest that S3 replication time control takes, and the recovery point objective: the only value S3 knows. */
const REPLICATION_MINUTES = 15;

/** A bucket that takes part in the replication. */
export interface ReplicatedBucket {
  region: string;
  bucketArn: pulumi.Input<string>;
  /** Key of its region. */
  keyArn: pulumi.Input<string>;
}

export interface RecordsReplicationArgs {
  /** The bucket that is copied, in the provider's region. */
  source: ReplicatedBucket & { bucket: pulumi.Input<string> };
  /** Where to: other regions of the same jurisdiction. At least one. */
  destinations: readonly (ReplicatedBucket & { bucket: pulumi.Input<string> })[];
  /** SNS topic of the source's region. */
  alarmTopicArn: pulumi.Input<string>;
  tags: Record<string, string>;
}

/**
 * Copies one region's education records to other regions of its jurisdiction, within 15 minutes. Creates the role that
 * S3 works with, the replication and, for each destination, alarms on copies that are late or failed. Deletions are
 * copied too: what is erased is erased everywhere, and old versions end everywhere after the same days.
 *
 * Cost: transfer between regions about 0.02 dollars a GB, and 0.015 for the time control.
 */
export class RecordsReplication extends pulumi.ComponentResource {
  public readonly alarmArns: pulumi.Output<string>[];

  constructor(name: string, args: RecordsReplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { source, destinations } = args;

    const role = new iam.Role(
      `${name}-role`,
      {
        description: "S3: copies education records inside their jurisdiction.",
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
        tags: args.tags,
      },
      { parent: this },
    );
    const rights = new iam.RolePolicy(
      `${name}-rights`,
      { role: role.name, policy: replicationRights(args) },
      { parent: this },
    );
    const minutes = { minutes: REPLICATION_MINUTES };
    new s3.BucketReplicationConfig(
      `${name}-config`,
      {
        bucket: source.bucket,
        role: role.arn,
        rules: destinations.map((destination, index) => ({
          id: destination.region,
          status: "Enabled",
          priority: index + 1,
          filter: {},
          deleteMarkerReplication: { status: "Enabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: destination.bucketArn,
            storageClass: "STANDARD",
            encryptionConfiguration: { replicaKmsKeyId: destination.keyArn },
            replicationTime: { status: "Enabled", time: minutes },
            metrics: { status: "Enabled", eventThreshold: minutes },
          },
        })),
      },
      { parent: this, dependsOn: rights, retainOnDelete: true },
    );

    this.alarmArns = destinations.flatMap((destination) => {
      const common = {
        namespace: "AWS/S3",
        dimensions: {
          SourceBucket: source.bucket,
          DestinationBucket: destination.bucket,
          RuleId: destination.region,
        },
        when: "above" as const,
        periods: 1,
        silence: "fine" as const,
        topicArn: args.alarmTopicArn,
        tags: args.tags,
      };
      return [
        alarm(
          `${name}-${destination.region}-late-alarm`,
          {
            ...common,
            description: `Education records reach ${destination.region} later than the objective of ${REPLICATION_MINUTES} minutes.`,
            metric: "ReplicationLatency",
            statistic: "Maximum",
            threshold: REPLICATION_MINUTES * 60,
            periodMinutes: 5,
          },
          { parent: this },
        ).arn,
        alarm(
          `${name}-${destination.region}-failed-alarm`,
          {
            ...common,
            description: `Education records were not copied to ${destination.region}.`,
            metric: "OperationsFailedReplication",
            statistic: "Sum",
            threshold: 0,
            periodMinutes: 5,
          },
          { parent: this },
        ).arn,
      ];
    });
    this.registerOutputs({ alarmArns: this.alarmArns });
  }
}

/** Reads these records, decrypts them for S3 in the source's region, writes and encrypts them in the destinations'. */
function replicationRights({ source, destinations }: RecordsReplicationArgs): pulumi.Output<string> {
  const objects = (arn: pulumi.Input<string>) => pulumi.interpolate`${arn}/*`;
  const key = (bucket: ReplicatedBucket, sid: string, actions: string[]) => ({
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: bucket.keyArn,
    Condition: {
      StringEquals: { "kms:ViaService": `s3.${bucket.region}.amazonaws.com` },
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucket.bucketArn, objects(bucket.bucketArn)] },
    },
  });
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Source",
        Effect: "Allow",
        Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
        Resource: source.bucketArn,
      },
      {
        Sid: "Read",
        Effect: "Allow",
        Action: ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
        Resource: objects(source.bucketArn),
      },
      {
        Sid: "Write",
        Effect: "Allow",
        Action: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
        Resource: destinations.map(({ bucketArn }) => objects(bucketArn)),
      },
      key(source, "Decrypt", ["kms:Decrypt"]),
      ...destinations.map((destination, index) =>
        key(destination, `Encrypt${index}`, ["kms:Encrypt", "kms:GenerateDataKey"]),
      ),
    ],
  });
}
