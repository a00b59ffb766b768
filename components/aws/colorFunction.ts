import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import type { FunctionsConfig } from "../../stacks/config/functions";
import type { Color } from "../internal/names";

const TOKEN = "cutover:aws:ColorFunction";

export interface ColorFunctionArgs {
  color: Color;
  region: string;
  /** Version of the release. */
  version: string;
  /** Image by digest, in the region's own Amazon ECR registry: Lambda takes no other. */
  image: string;
  config: FunctionsConfig;
  /** Key of the logs and of the environment. */
  keyArn: pulumi.Input<string>;
  /** Settings besides COLOR, RELEASE and the region. Nothing secret. */
  environment: Readonly<Record<string, string>>;
}

/**
 * The Lambda function of one color in one region, with a role and a log group of its own. The traffic layer makes it a
 * target of the load balancer; a release changes its image and keeps its ARN.
 *
 * Cost: by request; a color that serves nothing costs nothing, so it has no capacity.
 */
export class ColorFunction extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  public readonly functionName: pulumi.Output<string>;
  public readonly roleArn: pulumi.Output<string>;
  public readonly logGroupName: pulumi.Output<string>;

  public constructor(name: string, args: ColorFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { config, keyArn } = args;
    const logs = new cloudwatch.LogGroup(
      `${name}-logs`,
      { retentionInDays: config.logRetentionDays, kmsKeyId: keyArn },
      { parent: this },
    );
    const role = new iam.Role(
      `${name}-role`,
      { description: `Function of ${args.color} in ${args.region}.`, assumeRolePolicy: JSON.stringify(TRUST) },
      { parent: this },
    );
    const policy = new iam.RolePolicy(
      `${name}-policy`,
      { role: role.name, policy: pulumi.jsonStringify(permissions(logs.arn, keyArn)) },
      { parent: this },
    );
    const fn = new lambda.Function(
      `${name}-function`,
      {
        description: `Requests of ${args.color}.`,
        packageType: "Image",
        imageUri: args.image,
        architectures: [config.architecture],
        memorySize: config.memoryMiB,
        timeout: config.timeoutSeconds,
        reservedConcurrentExecutions: config.reservedConcurrency,
        role: role.arn,
        kmsKeyArn: keyArn,
        environment: { variables: { ...args.environment, COLOR: args.color, RELEASE: args.version } },
        tracingConfig: { mode: "Active" },
        loggingConfig: { logFormat: "JSON", logGroup: logs.name },
      },
      { parent: this, dependsOn: policy },
    );

    this.arn = fn.arn;
    this.functionName = fn.name;
    this.roleArn = role.arn;
    this.logGroupName = logs.name;
    this.registerOutputs({
      arn: this.arn,
      functionName: this.functionName,
      roleArn: this.roleArn,
      logGroupName: this.logGroupName,
    });
  }
}

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

function permissions(logGroupArn: pulumi.Input<string>, keyArn: pulumi.Input<string>): iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Logs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [pulumi.interpolate`${logGroupArn}:*`],
      },
      { Sid: "Environment", Effect: "Allow", Action: ["kms:Decrypt"], Resource: [keyArn] },
      // X-Ray has no resources to name: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
      {
        Sid: "Traces",
        Effect: "Allow",
        Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        Resource: ["*"],
      },
    ],
  };
}
