import type * as pulumi from "@pulumi/pulumi";

/**
 * A statement of a key policy: who besides the account's own IAM policies may use the key, for what, and when.
 * Most services (RDS, ElastiCache, S3, Secrets Manager, EKS) act with their caller's permissions and need none.
 */
export interface KeyGrant {
  /** Statement id, unique in the policy: letters and digits. */
  sid: string;
  /** A service principal (`Service`), or an IAM role's ARN (`AWS`). Never everybody. */
  principal: { Service: pulumi.Input<string> } | { AWS: pulumi.Input<string> };
  actions: readonly string[];
  /** Conditions as IAM writes them: operator, key, value. */
  conditions?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
}

/** What a service needs to encrypt and decrypt with envelope encryption. */
const USE = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"] as const;

/**
 * CloudWatch Logs of one region, for log groups of this account only. The service names the log group in the
 * encryption context, so that the key serves nothing else.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logsGrant(region: string, account: string): KeyGrant {
  return {
    sid: "CloudWatchLogs",
    principal: { Service: `logs.${region}.amazonaws.com` },
    actions: USE,
    conditions: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` } },
  };
}

/**
 * Another service that calls the key in its own name (`cloudtrail.amazonaws.com`, `cloudwatch.amazonaws.com`,
 * `cloudfront.amazonaws.com`...), for resources of this account only: without the condition, the service could
 * be made to use the key for another account's resource.
 */
export function serviceGrant(sid: string, service: string, account: string): KeyGrant {
  return {
    sid,
    principal: { Service: service },
    actions: USE,
    conditions: { StringEquals: { "aws:SourceAccount": account } },
  };
}

/**
 * CloudFront, which decrypts the objects that the account's distributions serve from a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function distributionsGrant(account: string): KeyGrant {
  return {
    sid: "CloudFront",
    principal: { Service: "cloudfront.amazonaws.com" },
    actions: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*"],
    conditions: { ArnLike: { "aws:SourceArn": `arn:aws:cloudfront::${account}:distribution/*` } },
  };
}

/**
 * EC2 Auto Scaling, which starts the nodes of managed node groups and attaches their encrypted volumes. Its
 * service-linked role must exist in the account before the key is made: KMS refuses a policy that names a missing
 * role. It exists where any Auto Scaling group was ever made; a new account runs
 * `aws iam create-service-linked-role --aws-service-name autoscaling.amazonaws.com` once.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export function autoscalingGrants(account: string): KeyGrant[] {
  const principal = {
    AWS: `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
  };
  return [
    { sid: "AutoScaling", principal, actions: USE },
    {
      sid: "AutoScalingVolumes",
      principal,
      actions: ["kms:CreateGrant"],
      conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
