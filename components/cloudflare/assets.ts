import { R2Bucket } from "@pulumi/cloudflare/r2bucket";
import { R2BucketCors } from "@pulumi/cloudflare/r2bucketCors";
import { R2CustomDomain } from "@pulumi/cloudflare/r2customDomain";
import * as pulumi from "@pulumi/pulumi";
import type { AssetsConfig } from "../../stacks/config/edge";

const TOKEN = "cutover:cloudflare:Assets";

export interface AssetsArgs {
  accountId: string;
  zoneId: pulumi.Input<string>;
  /** Name of the bucket, unique in the Cloudflare account. */
  bucket: string;
  /** Host name of the assets. */
  host: string;
  /** Host names of the application, whose pages may load fonts and modules from here. */
  appHosts: readonly string[];
  config: AssetsConfig;
}

/**
 * Content-hashed assets of both colors on Cloudflare: a bucket of R2, and the host name that its content network answers to.
 * Nothing else of the bucket is public: r2.dev is off unless somebody turns it on.
 *
 * @stateful
 */
export class Assets extends pulumi.ComponentResource {
  /** Name of the bucket, once it answers at its host name. */
  public readonly bucket: pulumi.Output<string>;

  constructor(name: string, args: AssetsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { jurisdiction } = args.config;
    const bucket = new R2Bucket(
      `${name}-bucket`,
      { accountId: args.accountId, name: args.bucket, jurisdiction, storageClass: "Standard" },
      { parent: this, protect: true, retainOnDelete: true },
    );
    const place = { accountId: args.accountId, bucketName: bucket.name, jurisdiction };
    new R2BucketCors(
      `${name}-cors`,
      {
        ...place,
        rules: [
          {
            id: "pages",
            allowed: {
              methods: ["GET", "HEAD"],
              origins: args.appHosts.map((host) => `https://${host}`),
              headers: ["*"],
            },
            maxAgeSeconds: 86_400,
          },
        ],
      },
      { parent: this },
    );
    const domain = new R2CustomDomain(
      `${name}-domain`,
      { ...place, zoneId: args.zoneId, domain: args.host, enabled: true, minTls: "1.2" },
      { parent: this },
    );
    this.bucket = pulumi.all([bucket.name, domain.domain]).apply(([bucketName]) => bucketName);
    this.registerOutputs({ bucket: this.bucket });
  }
}
