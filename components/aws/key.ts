import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import type { KeyGrant } from "./keyGrant";

const TOKEN = "cutover:aws:Key";

/** Days in which a scheduled deletion can be called back: the most that KMS allows. */
const DELETION_WINDOW_DAYS = 30;
/** Days after which KMS makes new key material: the default of KMS, and within the policy's maximum of a year. */
const ROTATION_PERIOD_DAYS = 365;

export interface KeyArgs {
  /** What the key encrypts, for people. */
  description: string;
  /** The AWS account whose IAM policies decide who may use and administer the key. */
  account: string;
  /**
   * Who else may use the key.
   *
   * @default - nobody: only principals whose IAM policies allow it
   */
  grants?: readonly KeyGrant[];
  /**
   * Tags of the key, besides the provider's.
   *
   * @default - none
   */
  tags?: Record<string, string>;
}

/**
 * A KMS key that the deployment owns: symmetric, of one region, rotated each year, deleted no sooner than 30 days
 * after someone asks. Creates the key and an alias to find it by.
 *
 * Cost: about 1 dollar a month, and one more for each of the first two rotations. Failure: without the key, what
 * it encrypted is lost; so it is protected, and left in place when the stack is destroyed.
 *
 * @stateful
 */
export class Key extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  public readonly keyId: pulumi.Output<string>;
  public readonly aliasArn: pulumi.Output<string>;

  constructor(name: string, args: KeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const key = new kms.Key(
      `${name}-key`,
      {
        description: args.description,
        enableKeyRotation: true,
        rotationPeriodInDays: ROTATION_PERIOD_DAYS,
        deletionWindowInDays: DELETION_WINDOW_DAYS,
        policy: keyPolicy(args),
        tags: args.tags,
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    const alias = new kms.Alias(
      `${name}-alias`,
      { targetKeyId: key.keyId },
      { parent: this, protect: true, retainOnDelete: true },
    );

    this.arn = key.arn;
    this.keyId = key.keyId;
    this.aliasArn = alias.arn;
    this.registerOutputs({ arn: this.arn, keyId: this.keyId, aliasArn: this.aliasArn });
  }
}

/**
 * The account itself keeps full rights, which lets IAM policies grant the key and keeps it from being locked out;
 * in a key policy, `*` as the resource means this key.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function keyPolicy({ account, grants = [] }: KeyArgs): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      ...grants.map((grant) => ({
        Sid: grant.sid,
        Effect: "Allow",
        Principal: grant.principal,
        Action: grant.actions,
        Resource: "*",
        ...(grant.conditions === undefined ? {} : { Condition: grant.conditions }),
      })),
    ],
  });
}
