import * as lambda from "@pulumi/aws/lambda";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { SecretsConfig } from "../../stacks/config/secrets";
import { Rotation } from "./rotation";
import { Secret, type SecretReplica } from "./secret";

const TOKEN = "cutover:aws:Secrets";

export interface SecretsArgs {
  config: SecretsConfig;
  /** The AWS account. */
  account: string;
  /** The region of the secrets themselves. */
  region: string;
  /** Key that encrypts the secrets. */
  keyArn: pulumi.Input<string>;
  /** The other regions of the jurisdiction: each gets a copy of every secret. */
  replicas: readonly SecretReplica[];
  /** Key that encrypts the function's log; CloudWatch Logs may use it. */
  logKeyArn: pulumi.Input<string>;
  /** Days that the function's log is kept: a value that CloudWatch Logs knows. */
  logRetentionDays: number;
  tags: Record<string, string>;
}

/**
 * The secrets that a jurisdiction's workloads read. Creates each secret with its copies and, for those that rotate,
 * one function, the call that makes the first value and the schedule. Values never pass through the deployment.
 *
 * @stateful
 */
export class Secrets extends pulumi.ComponentResource {
  /** ARN of each secret as a region of the jurisdiction reads it, by region and by the secret's name. */
  public readonly arns: Record<string, Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: SecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const secrets = Object.fromEntries(
      Object.entries(args.config).map(([key, { description }]) => [
        key,
        new Secret(`${name}-${key}`, { ...args, description }, { parent: this }).arn,
      ]),
    );
    const rotating = Object.entries(args.config).flatMap(([key, { rotateAfterDays: days }]) =>
      days === undefined ? [] : [{ key, days, arn: secrets[key] as pulumi.Output<string> }],
    );
    if (rotating.length > 0) {
      const rotation = new Rotation(
        `${name}-rotation`,
        { ...args, secrets: Object.fromEntries(rotating.map(({ key, arn }) => [key, arn])) },
        { parent: this },
      );
      for (const { key, days, arn } of rotating) {
        const ensured = new lambda.Invocation(
          `${name}-${key}-ensured`,
          {
            functionName: rotation.functionName,
            input: pulumi.jsonStringify({ action: "ensure", secretId: arn }),
          },
          { parent: this },
        );
        new secretsmanager.SecretRotation(
          `${name}-${key}-schedule`,
          {
            secretId: arn,
            rotationLambdaArn: rotation.functionArn,
            rotateImmediately: false,
            rotationRules: { automaticallyAfterDays: days },
          },
          { parent: this, dependsOn: ensured },
        );
      }
    }

    const regions = [args.region, ...args.replicas.map(({ region }) => region)];
    this.arns = Object.fromEntries(
      regions.map((region) => [
        region,
        Object.fromEntries(
          // A copy has the ARN of its secret, with its own region in it.
          Object.entries(secrets).map(([key, arn]) => [key, arn.apply((text) => text?.replace(args.region, region))]),
        ),
      ]),
    );
    this.registerOutputs({ arns: this.arns });
  }
}
