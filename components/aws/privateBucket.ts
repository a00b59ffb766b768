import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../internal/after";

const TOKEN = "cutover:aws:PrivateBucket";

export interface PrivateBucketArgs {
  /**
   * Key that encrypts the objects.
   *
   * @default - a key of S3 (SSE-S3): the only encryption that load balancers and S3 itself write access logs with
   */
  keyArn?: pulumi.Input<string>;
  /** Days that a replaced or deleted version is kept. */
  versionDays: number;
  /**
   * Days after its last write when an object is deleted.
   *
   * @default - objects do not expire
   */
  retentionDays?: number;
  /** Days after which an upload that was never finished is removed. */
  abortUploadDays: number;
  /**
   * How long nobody can delete an object.
   *
   * @default - no lock
   */
  lock?: { days: number; mode: "GOVERNANCE" | "COMPLIANCE" };
  /**
   * Bucket of the region that receives the access log.
   *
   * @default - no access log: for the bucket that holds the access logs
   */
  accessLogBucket?: pulumi.Input<string>;
  tags: Record<string, string>;
}

/**
 * A bucket that nobody outside reaches: access blocked, no ACLs, encrypted, versioned, with a lifecycle. Creates the
 * bucket and these settings. Its policy comes from whoever uses it, because that knows who may do what.
 *
 * @stateful
 */
export class PrivateBucket extends pulumi.ComponentResource {
  /** The bucket's name, once all its settings are in force. */
  public readonly bucket: pulumi.Output<string>;
  /** The bucket's ARN, once all its settings are in force. */
  public readonly arn: pulumi.Output<string>;
  /** Name of the bucket in its region, as CloudFront takes it for an origin. */
  public readonly regionalDomainName: pulumi.Output<string>;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { keyArn, lock, retentionDays } = args;

    const bucket = new s3.Bucket(
      `${name}-bucket`,
      { objectLockEnabled: lock !== undefined, forceDestroy: false, tags: args.tags },
      { parent: this, protect: true, retainOnDelete: true },
    );
    const of = { bucket: bucket.bucket };
    const keep = { parent: this, retainOnDelete: true };
    const blocked = new s3.BucketPublicAccessBlock(
      `${name}-access`,
      { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      keep,
    );
    const owned = new s3.BucketOwnershipControls(
      `${name}-ownership`,
      { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
      keep,
    );
    const encrypted = new s3.BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      {
        ...of,
        rules: [
          keyArn === undefined
            ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
            : {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
                bucketKeyEnabled: true,
              },
        ],
      },
      keep,
    );
    const versioned = new s3.BucketVersioning(
      `${name}-versioning`,
      { ...of, versioningConfiguration: { status: "Enabled" } },
      keep,
    );
    const settings = [blocked.id, owned.id, encrypted.id, versioned.id];
    if (lock !== undefined) {
      const locked = new s3.BucketObjectLockConfiguration(
        `${name}-lock`,
        { ...of, rule: { defaultRetention: { mode: lock.mode, days: lock.days } } },
        { ...keep, dependsOn: versioned },
      );
      settings.push(locked.id);
    }
    new s3.BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      {
        ...of,
        rules: [
          {
            id: "retention",
            status: "Enabled",
            filter: {},
            ...(retentionDays === undefined ? {} : { expiration: { days: retentionDays } }),
            noncurrentVersionExpiration: { noncurrentDays: args.versionDays },
            abortIncompleteMultipartUpload: { daysAfterInitiation: args.abortUploadDays },
          },
          {
            // A marker of a deletion outlives the versions that it hid; nothing else removes it.
            id: "delete-markers",
            status: "Enabled",
            filter: {},
            expiration: { expiredObjectDeleteMarker: true },
          },
        ],
      },
      { ...keep, dependsOn: versioned },
    );
    if (args.accessLogBucket !== undefined) {
      new s3.BucketLogging(
        `${name}-logging`,
        {
          ...of,
          targetBucket: args.accessLogBucket,
          targetPrefix: `s3/${name}/`,
          targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
        },
        keep,
      );
    }

    this.bucket = after(bucket.bucket, ...settings);
    this.arn = after(bucket.arn, ...settings);
    this.regionalDomainName = bucket.bucketRegionalDomainName;
    this.registerOutputs({ bucket: this.bucket, arn: this.arn, regionalDomainName: this.regionalDomainName });
  }
}
