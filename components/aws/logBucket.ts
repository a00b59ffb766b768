import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../internal/after";
import { bucketPolicy } from "./bucketPolicy";
import { dataTags, type DataClass } from "./dataTags";
import type { LogWriter } from "./logWriters";
import { PrivateBucket, type PrivateBucketArgs } from "./privateBucket";

const TOKEN = "cutover:aws:LogBucket";

/** Nothing replaces a log: an old version is a deleted one, and gone a day later. */
const VERSION_DAYS = 1;
const ABORT_UPLOAD_DAYS = 1;

export interface LogBucketArgs extends Pick<PrivateBucketArgs, "keyArn" | "lock" | "accessLogBucket"> {
  /** The AWS account. */
  account: string;
  /** The region that the bucket stands in. */
  region: string;
  /** Which services write into it. */
  writers: readonly LogWriter[];
  /** Days that a log is kept; longer than the lock. */
  retentionDays: number;
  /** What the logs are. */
  dataClass: Extract<DataClass, "audit-log" | "access-log">;
  tags: Record<string, string>;
}

/**
 * A bucket of logs. Creates the bucket with its settings and the policy by which services write into it.
 *
 * @stateful
 */
export class LogBucket extends pulumi.ComponentResource {
  /** The bucket's name, once services may write into it. */
  public readonly bucket: pulumi.Output<string>;
  /** The bucket's ARN, once services may write into it. */
  public readonly arn: pulumi.Output<string>;

  constructor(name: string, args: LogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { account, region, keyArn, lock, accessLogBucket, retentionDays } = args;

    const logs = new PrivateBucket(
      `${name}-private`,
      {
        keyArn,
        lock,
        accessLogBucket,
        retentionDays,
        versionDays: VERSION_DAYS,
        abortUploadDays: ABORT_UPLOAD_DAYS,
        tags: dataTags(args.tags, args.dataClass, retentionDays),
      },
      { parent: this },
    );
    const place = { bucketArn: logs.arn, account, region };
    const policy = new s3.BucketPolicy(
      `${name}-policy`,
      {
        bucket: logs.bucket,
        policy: bucketPolicy(
          logs.arn,
          args.writers.flatMap((writer) => writer(place)),
        ),
      },
      { parent: this, retainOnDelete: true },
    );

    this.bucket = after(logs.bucket, policy.id);
    this.arn = after(logs.arn, policy.id);
    this.registerOutputs({ bucket: this.bucket, arn: this.arn });
  }
}
