import * as pulumi from "@pulumi/pulumi";
import type { BucketStatement } from "./bucketPolicy";

/** Where a log bucket stands. */
export interface LogPlace {
  bucketArn: pulumi.Input<string>;
  account: string;
  region: string;
}

/** A service that writes into a log bucket: what the bucket's policy has to say for it. */
export type LogWriter = (place: LogPlace) => BucketStatement[];

/**
 * CloudTrail, for these trails and no other.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function trails(trailArns: readonly string[]): LogWriter {
  return ({ bucketArn, account }) => {
    const service = { Effect: "Allow" as const, Principal: { Service: "cloudtrail.amazonaws.com" } };
    const from: Record<string, string[]> = { "aws:SourceArn": [...trailArns] };
    return [
      {
        Sid: "TrailCheck",
        ...service,
        Action: "s3:GetBucketAcl",
        Resource: bucketArn,
        Condition: { StringEquals: from },
      },
      {
        Sid: "TrailWrite",
        ...service,
        Action: "s3:PutObject",
        Resource: pulumi.interpolate`${bucketArn}/AWSLogs/${account}/*`,
        Condition: { StringEquals: { ...from, "s3:x-amz-acl": "bucket-owner-full-control" } },
      },
    ];
  };
}

/**
 * The load balancers of the region, below any prefix.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export const loadBalancers: LogWriter = ({ bucketArn, account, region }) => [
  {
    Sid: "LoadBalancers",
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${bucketArn}/*`,
    Condition: { ArnLike: { "aws:SourceArn": `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/*` } },
  },
];

/**
 * S3 itself: the access logs of the account's other buckets in the region.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export const buckets: LogWriter = ({ bucketArn, account }) => [
  {
    Sid: "Buckets",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${bucketArn}/s3/*`,
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  },
];

/** The region in which CloudFront hands its logs to CloudWatch, wherever the bucket stands. */
const CLOUDFRONT_REGION = "us-east-1";

/**
 * The log deliveries of CloudWatch for CloudFront's access logs.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html
 */
export const distributions: LogWriter = ({ bucketArn, account }) => [
  {
    Sid: "Distributions",
    Effect: "Allow",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${bucketArn}/AWSLogs/${account}/*`,
    Condition: {
      StringEquals: { "aws:SourceAccount": account, "s3:x-amz-acl": "bucket-owner-full-control" },
      ArnLike: { "aws:SourceArn": `arn:aws:logs:${CLOUDFRONT_REGION}:${account}:delivery-source:*` },
    },
  },
];
