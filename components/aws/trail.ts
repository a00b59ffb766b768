import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as pulumi from "@pulumi/pulumi";
import { dataTags } from "./dataTags";
import type { KeyGrant } from "./keyGrant";

const TOKEN = "cutover:aws:Trail";

/** ARN of a trail, before there is one: the log bucket and the key have to name it first. */
export function trailArn(region: string, account: string, trailName: string): string {
  return `arn:aws:cloudtrail:${region}:${account}:trail/${trailName}`;
}

/**
 * What a key has to grant, so that these trails encrypt their files by it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function trailGrants(trailArns: readonly string[]): KeyGrant[] {
  return trailArns.map((arn, index) => ({
    sid: `CloudTrail${index + 1}`,
    principal: { Service: "cloudtrail.amazonaws.com" },
    actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"],
    conditions: { StringEquals: { "aws:SourceArn": arn } },
  }));
}

export interface TrailArgs {
  /** The trail's own name. Fixed: the log bucket and the key name it before it exists. */
  trailName: string;
  /**
   * What is recorded. `management`: who changed or read what of the account, in every region; one trail for the
   * account. `records`: who read or wrote which education record (FERPA, 34 CFR 99.32); one trail for each region.
   */
  events: { kind: "management" } | { kind: "records"; bucketArns: readonly pulumi.Input<string>[] };
  /** Log bucket of the region. */
  bucket: pulumi.Input<string>;
  /** Key that encrypts the files; CloudTrail may use it (see {@link trailGrants}). */
  keyArn: pulumi.Input<string>;
  /** Days that its files are kept. */
  retentionDays: number;
  tags: Record<string, string>;
}

/**
 * A trail of CloudTrail, with files whose integrity can be proved. Creates the trail.
 *
 * Residency: the management trail of the account covers every region and writes to the primary one; its events name
 * operators and resources, no student. Events on education records stay in their own region.
 *
 * Cost: the first management trail is free; data events cost 0.10 dollars for each 100000.
 */
export class Trail extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;

  constructor(name: string, args: TrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { events } = args;
    const management = events.kind === "management";

    const trail = new cloudtrail.Trail(
      `${name}-trail`,
      {
        name: args.trailName,
        s3BucketName: args.bucket,
        kmsKeyId: args.keyArn,
        enableLogging: true,
        enableLogFileValidation: true,
        isMultiRegionTrail: management,
        includeGlobalServiceEvents: management,
        advancedEventSelectors: [
          events.kind === "management"
            ? { name: "management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] }
            : {
                name: "education records",
                fieldSelectors: [
                  { field: "eventCategory", equals: ["Data"] },
                  { field: "resources.type", equals: ["AWS::S3::Object"] },
                  { field: "resources.ARN", startsWiths: events.bucketArns.map((arn) => pulumi.interpolate`${arn}/`) },
                ],
              },
        ],
        tags: dataTags(args.tags, "audit-log", args.retentionDays),
      },
      { parent: this, protect: true },
    );

    this.arn = trail.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
