import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { bucketPolicy, onlyKey } from "./bucketPolicy";

const TOKEN = "cutover:aws:AssetsPolicy";

export interface AssetsPolicyArgs {
  bucket: pulumi.Input<string>;
  bucketArn: pulumi.Input<string>;
  /** Key that encrypts the assets. */
  keyArn: pulumi.Input<string>;
  /** The one CloudFront distribution that may read, through its origin access control. */
  distributionArn: pulumi.Input<string>;
}

/** Who may read the assets bucket: one CloudFront distribution, over TLS. Creates the bucket's policy. */
export class AssetsPolicy extends pulumi.ComponentResource {
  constructor(name: string, args: AssetsPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    new s3.BucketPolicy(
      `${name}-policy`,
      {
        bucket: args.bucket,
        policy: bucketPolicy(args.bucketArn, [
          ...onlyKey(args.bucketArn, args.keyArn),
          {
            Sid: "Distribution",
            Effect: "Allow",
            Principal: { Service: "cloudfront.amazonaws.com" },
            Action: "s3:GetObject",
            Resource: pulumi.interpolate`${args.bucketArn}/*`,
            Condition: { StringEquals: { "aws:SourceArn": args.distributionArn } },
          },
        ]),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
