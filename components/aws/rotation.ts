import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../internal/after";
import { dataTags } from "./dataTags";
import type { SecretReplica } from "./secret";

const TOKEN = "cutover:aws:Rotation";

/** The function's code: one real file, without packages; the SDK comes with the runtime. */
const CODE = readFileSync(join(__dirname, "functions", "secretRotation.mjs"), "utf8");

/** Characters of a value: letters and digits, so about 238 bits. */
const VALUE_LENGTH = 40;
/** Longer than the function waits for an instance: 24 times 10 seconds. */
const TIMEOUT_SECONDS = 300;
const MEMORY_MIB = 256;

/** An RDS instance whose master password a secret is. */
export interface RotatedInstance {
  /** Plain, because the instance is made after its password. */
  identifier: string;
  /** Its region. */
  region: string;
}

export interface RotationArgs {
  /** The AWS account. */
  account: string;
  /** ARNs of the secrets, by a name that is part of the resources' names. */
  secrets: Record<string, pulumi.Input<string>>;
  /** Key that encrypts the secrets. */
  keyArn: pulumi.Input<string>;
  /**
   * Copies of the secrets: who writes a new value needs the keys of the copies, too.
   *
   * @default - none
   */
  replicas?: readonly SecretReplica[];
  /**
   * The RDS instance whose master password the secret is.
   *
   * @default - none: values stand for themselves
   */
  instance?: RotatedInstance;
  /** Key that encrypts the function's log; CloudWatch Logs may use it. */
  logKeyArn: pulumi.Input<string>;
  /** Days that the function's log is kept: a value that CloudWatch Logs knows. */
  logRetentionDays: number;
  tags: Record<string, string>;
}

/**
 * The Lambda function that makes the values of secrets inside AWS and rotates them. Creates the function, its log
 * group, a role that reaches these secrets (and this instance) and nothing else, and Secrets Manager's right to
 * call it for each of them.
 *
 * It has no dead-letter queue, because nobody calls it and walks away: Secrets Manager tries a failed rotation again
 * and reports it (CloudTrail's RotationFailed), and a deployment sees the failure itself. It stands in no VPC: it talks
 * to the APIs of AWS only, never to a database. It runs once at a time, so that two callers cannot both find a secret
 * without a value.
 *
 * Cost: a few calls a month.
 */
export class Rotation extends pulumi.ComponentResource {
  public readonly functionArn: pulumi.Output<string>;
  /** The function's name, once it may work: its rights are there, and Secrets Manager's right to call it. */
  public readonly functionName: pulumi.Output<string>;

  constructor(name: string, args: RotationArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const logs = new cloudwatch.LogGroup(
      `${name}-logs`,
      {
        retentionInDays: args.logRetentionDays,
        kmsKeyId: args.logKeyArn,
        tags: dataTags(args.tags, "audit-log", args.logRetentionDays),
      },
      { parent: this },
    );
    const role = new iam.Role(
      `${name}-role`,
      {
        description: "Makes and rotates the values of secrets.",
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
        tags: args.tags,
      },
      { parent: this },
    );
    const rights = new iam.RolePolicy(
      `${name}-rights`,
      { role: role.name, policy: rotationRights(args, logs.arn) },
      { parent: this },
    );
    const rotate = new lambda.Function(
      `${name}-function`,
      {
        description: "Makes and rotates the values of secrets.",
        runtime: "nodejs22.x",
        architectures: ["arm64"],
        handler: "index.handler",
        code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(CODE) }),
        role: role.arn,
        timeout: TIMEOUT_SECONDS,
        memorySize: MEMORY_MIB,
        reservedConcurrentExecutions: 1,
        environment: {
          variables: {
            LENGTH: String(VALUE_LENGTH),
            ...(args.instance === undefined ? {} : { INSTANCE: args.instance.identifier }),
          },
        },
        loggingConfig: { logFormat: "JSON", logGroup: logs.name, applicationLogLevel: "INFO", systemLogLevel: "WARN" },
        tracingConfig: { mode: "Active" },
        tags: args.tags,
      },
      { parent: this, dependsOn: rights },
    );
    const permissions = Object.entries(args.secrets).map(
      ([key, secretArn]) =>
        new lambda.Permission(
          `${name}-${key}-permission`,
          {
            function: rotate.name,
            action: "lambda:InvokeFunction",
            principal: "secretsmanager.amazonaws.com",
            sourceArn: secretArn,
            sourceAccount: args.account,
          },
          { parent: this },
        ),
    );

    const ready = permissions.map((permission) => permission.id);
    this.functionArn = after(rotate.arn, ...ready);
    this.functionName = after(rotate.name, ...ready);
    this.registerOutputs({ functionArn: this.functionArn, functionName: this.functionName });
  }
}

/** What the function may do. Random passwords and traces have no resource that a policy could name. */
function rotationRights(args: RotationArgs, logGroupArn: pulumi.Output<string>): pulumi.Output<string> {
  const { account, instance, replicas = [] } = args;
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Secrets",
        Effect: "Allow",
        Action: [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:PutSecretValue",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        Resource: Object.values(args.secrets),
      },
      { Sid: "Random", Effect: "Allow", Action: "secretsmanager:GetRandomPassword", Resource: "*" },
      { Sid: "Key", Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: args.keyArn },
      ...(replicas.length === 0
        ? []
        : [
            {
              Sid: "KeysOfCopies",
              Effect: "Allow",
              Action: ["kms:Encrypt", "kms:GenerateDataKey"],
              Resource: replicas.map(({ keyArn }) => keyArn),
            },
          ]),
      ...(instance === undefined
        ? []
        : [
            {
              Sid: "Instance",
              Effect: "Allow",
              Action: ["rds:DescribeDBInstances", "rds:ModifyDBInstance"],
              Resource: `arn:aws:rds:${instance.region}:${account}:db:${instance.identifier}`,
            },
          ]),
      {
        Sid: "Log",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${logGroupArn}:*`,
      },
      {
        Sid: "Trace",
        Effect: "Allow",
        Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        Resource: "*",
      },
    ],
  });
}
