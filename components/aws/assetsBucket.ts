import * as pulumi from "@pulumi/pulumi";
import type { StorageConfig } from "../../stacks/config/storage";
import { dataTags } from "./dataTags";
import { PrivateBucket } from "./privateBucket";

const TOKEN = "cutover:aws:AssetsBucket";

export interface AssetsBucketArgs {
  config: StorageConfig["assets"];
  /** Key that encrypts the assets; CloudFront may use it, for distributions of the account. */
  keyArn: pulumi.Input<string>;
  /** Bucket of the region that receives the access log. */
  accessLogBucket: pulumi.Input<string>;
  tags: Record<string, string>;
}

/**
 * The content-hashed assets of both colors. Creates the bucket with its settings. Its policy names the one CloudFront
 * distribution that may read, and the distribution names the bucket, so the policy is a component of its own:
 * {@link AssetsPolicy}.
 *
 * @stateful
 */
export class AssetsBucket extends pulumi.ComponentResource {
  public readonly bucket: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  /** The origin's name for CloudFront. */
  public readonly regionalDomainName: pulumi.Output<string>;

  constructor(name: string, args: AssetsBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const assets = new PrivateBucket(
      `${name}-private`,
      {
        ...args.config,
        keyArn: args.keyArn,
        accessLogBucket: args.accessLogBucket,
        tags: dataTags(args.tags, "public-asset"),
      },
      { parent: this },
    );

    this.bucket = assets.bucket;
    this.arn = assets.arn;
    this.regionalDomainName = assets.regionalDomainName;
    this.registerOutputs({ bucket: this.bucket, arn: this.arn, regionalDomainName: this.regionalDomainName });
  }
}
