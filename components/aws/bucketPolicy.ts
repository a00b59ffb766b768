import * as pulumi from "@pulumi/pulumi";

/** A statement of a bucket policy, as IAM writes it. */
export interface BucketStatement {
  Sid: string;
  Effect: "Allow" | "Deny";
  Principal: "*" | { Service: string };
  Action: string | string[];
  Resource: pulumi.Input<string> | pulumi.Input<string>[];
  Condition?: Record<string, Record<string, pulumi.Input<string> | pulumi.Input<string>[]>>;
}

/** The policy of a bucket: TLS 1.2 or better for everybody, and what else is given. */
export function bucketPolicy(
  bucketArn: pulumi.Input<string>,
  statements: readonly BucketStatement[] = [],
): pulumi.Output<string> {
  const everything = [bucketArn, pulumi.interpolate`${bucketArn}/*`];
  const refuse = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: everything };
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "WithoutTls", ...refuse, Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { Sid: "OldTls", ...refuse, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
      ...statements,
    ],
  });
}

/** Refuses to write an object that asks for another encryption than by this key; who asks for none gets it. */
export function onlyKey(bucketArn: pulumi.Input<string>, keyArn: pulumi.Input<string>): BucketStatement[] {
  const write = {
    Effect: "Deny" as const,
    Principal: "*" as const,
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${bucketArn}/*`,
  };
  return [
    {
      Sid: "OtherEncryption",
      ...write,
      Condition: {
        Null: { "s3:x-amz-server-side-encryption": "false" },
        StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
      },
    },
    {
      Sid: "OtherKey",
      ...write,
      Condition: {
        Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" },
        ArnNotEquals: { "s3:x-amz-server-side-encryption-aws-kms-key-id": keyArn },
      },
    },
  ];
}
