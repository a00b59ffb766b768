import * as lambda from "@pulumi/aws/lambda";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import { Rotation, type RotatedInstance } from "./rotation";
import { Secret, type SecretReplica } from "./secret";

const TOKEN = "cutover:aws:GeneratedSecret";

export interface GeneratedSecretArgs {
  /** What the secret is for, for people. */
  description: string;
  /** The AWS account. */
  account: string;
  /** Key that encrypts the secret. */
  keyArn: pulumi.Input<string>;
  /** Key that encrypts the function's log; CloudWatch Logs may use it. */
  logKeyArn: pulumi.Input<string>;
  /** Days that the function's log is kept: a value that CloudWatch Logs knows. */
  logRetentionDays: number;
  /**
   * Which value this is: a higher number makes a new one at the next `pulumi up`, for whoever is given `value`. The
   * values of before stay in the secret's history; Secrets Manager keeps 20 of them by their label.
   *
   * @default 1
   */
  generation?: number;
  /**
   * Days between rotations by Secrets Manager. Only for a secret whose readers ask Secrets Manager each time:
   * what a deployment was given (`value`) does not follow.
   *
   * @default - never
   */
  rotateAfterDays?: number;
  /**
   * The RDS instance whose master password the secret is. Schedule its rotation after the instance is there, with
   * `functionArn`: Secrets Manager tests a rotation when it is scheduled.
   *
   * @default - none: the value stands for itself
   */
  instance?: RotatedInstance;
  /**
   * Copies in other regions of the jurisdiction.
   *
   * @default - none
   */
  replicas?: readonly SecretReplica[];
  tags: Record<string, string>;
}

/**
 * A secret whose value (40 letters and digits) is made inside AWS: nobody chooses it, and it is never config. Creates
 * the secret, the function that makes and rotates its value, the call that makes the first one and, if asked, the
 * schedule that replaces it.
 *
 * @stateful
 */
export class GeneratedSecret extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  /** The value, as a Pulumi secret: encrypted in state, never shown. */
  public readonly value: pulumi.Output<string>;
  /** The function that rotates the secret. */
  public readonly functionArn: pulumi.Output<string>;

  constructor(name: string, args: GeneratedSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const secret = new Secret(`${name}-secret`, args, { parent: this });
    const rotation = new Rotation(`${name}-rotation`, { ...args, secrets: { value: secret.arn } }, { parent: this });
    const ensured = new lambda.Invocation(
      `${name}-ensured`,
      {
        functionName: rotation.functionName,
        input: pulumi.jsonStringify({
          action: "ensure",
          secretId: secret.arn,
          generation: args.generation ?? 1,
          reveal: true,
        }),
      },
      { parent: this, additionalSecretOutputs: ["result"] },
    );
    if (args.rotateAfterDays !== undefined) {
      new secretsmanager.SecretRotation(
        `${name}-schedule`,
        {
          secretId: secret.arn,
          rotationLambdaArn: rotation.functionArn,
          rotateImmediately: false,
          rotationRules: { automaticallyAfterDays: args.rotateAfterDays },
        },
        { parent: this, dependsOn: ensured },
      );
    }

    this.arn = secret.arn;
    // The result is the JSON of a string of letters and digits: the quotes are all there is to take away.
    this.value = pulumi.secret(ensured.result.apply((text) => text?.replaceAll('"', "")));
    this.functionArn = rotation.functionArn;
    this.registerOutputs({ arn: this.arn, value: this.value, functionArn: this.functionArn });
  }
}
