import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../internal/after";
import type { RecordsConfig } from "../../stacks/config/storage";
import { bucketPolicy, onlyKey } from "./bucketPolicy";
import { dataTags } from "./dataTags";
import { PrivateBucket } from "./privateBucket";

const TOKEN = "cutover:aws:RecordsBucket";

export interface RecordsBucketArgs {
  config: RecordsConfig;
  /** Key that encrypts the records. */
  keyArn: pulumi.Input<string>;
  /** Bucket of the region that receives the access log. */
  accessLogBucket: pulumi.Input<string>;
  tags: Record<string, string>;
}

/**
 * The education records of one region. Creates the bucket with its settings, and a policy that refuses connections
 * without TLS 1.2 and any other encryption than by its key. Objects are deleted when their retention is over, old
 * versions 90 days after they were replaced. Each read and write is an event of the region's records trail.
 *
 * @stateful
 */
export class RecordsBucket extends pulumi.ComponentResource {
  /** The bucket's name, once its settings and its policy are in force. */
  public readonly bucket: pulumi.Output<string>;
  /** The bucket's ARN, once its settings and its policy are in force. */
  public readonly arn: pulumi.Output<string>;

  constructor(name: string, args: RecordsBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const records = new PrivateBucket(
      `${name}-private`,
      {
        ...args.config,
        keyArn: args.keyArn,
        accessLogBucket: args.accessLogBucket,
        tags: dataTags(args.tags, "education-record", args.config.retentionDays),
      },
      { parent: this },
    );
    const policy = new s3.BucketPolicy(
      `${name}-policy`,
      { bucket: records.bucket, policy: bucketPolicy(records.arn, onlyKey(records.arn, args.keyArn)) },
      { parent: this, retainOnDelete: true },
    );

    this.bucket = after(records.bucket, policy.id);
    this.arn = after(records.arn, policy.id);
    this.registerOutputs({ bucket: this.bucket, arn: this.arn });
  }
}
