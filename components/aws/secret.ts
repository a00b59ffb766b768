import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import { dataTags } from "./dataTags";

const TOKEN = "cutover:aws:Secret";

/** Days in which a deleted secret can be brought back: the most that Secrets Manager allows. */
const RECOVERY_DAYS = 30;

/** Where else a secret is kept. */
export interface SecretReplica {
  /** A region of the same jurisdiction. */
  region: string;
  /** Key of that region. */
  keyArn: pulumi.Input<string>;
}

export interface SecretArgs {
  /** What the secret is for, for people. */
  description: string;
  /** The AWS account: principals of others are refused, whatever their policies say. */
  account: string;
  /** Key that encrypts the secret. */
  keyArn: pulumi.Input<string>;
  /**
   * Copies in other regions.
   *
   * @default - none
   */
  replicas?: readonly SecretReplica[];
  tags: Record<string, string>;
}

/**
 * A secret of Secrets Manager without its value, readable over TLS by principals of the account only. Creates the
 * secret, its copies and its policy; Secrets Manager keeps policy and value of the copies the same.
 *
 * Cost: 0.40 dollars a month, and again for each copy. Failure: a deleted secret can be brought back for 30 days.
 *
 * @stateful
 */
export class Secret extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;

  constructor(name: string, args: SecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const secret = new secretsmanager.Secret(
      `${name}-value`,
      {
        description: args.description,
        kmsKeyId: args.keyArn,
        recoveryWindowInDays: RECOVERY_DAYS,
        replicas: (args.replicas ?? []).map(({ region, keyArn }) => ({ region, kmsKeyId: keyArn })),
        tags: dataTags(args.tags, "secret"),
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    new secretsmanager.SecretPolicy(
      `${name}-policy`,
      { secretArn: secret.arn, blockPublicPolicy: true, policy: secretPolicy(args.account) },
      { parent: this },
    );

    this.arn = secret.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** In a secret's policy, `*` as the resource means this secret. Both statements only take rights away. */
function secretPolicy(account: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OtherAccounts",
        Effect: "Deny",
        Principal: "*",
        Action: "secretsmanager:*",
        Resource: "*",
        Condition: {
          StringNotEquals: { "aws:PrincipalAccount": account },
          Bool: { "aws:PrincipalIsAWSService": "false" },
        },
      },
      {
        Sid: "WithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "secretsmanager:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
