import * as cfg from "@pulumi/aws/cfg";
import * as guardduty from "@pulumi/aws/guardduty";
import * as iam from "@pulumi/aws/iam";
import * as securityhub from "@pulumi/aws/securityhub";
import * as pulumi from "@pulumi/pulumi";
import type { AccountConfig } from "../../stacks/config/account";

const TOKEN = "cutover:aws:Detection";

export interface DetectionArgs {
  config: Pick<AccountConfig, "guardDuty" | "standards">;
  /** The AWS account. */
  account: string;
  /** The region that is watched. */
  region: string;
  /** Whether this region also records what is global (IAM): one region does, so that nothing is recorded twice. */
  recordsGlobal: boolean;
  /** Bucket of the region that receives the configuration history. */
  historyBucket: pulumi.Input<string>;
  historyBucketArn: pulumi.Input<string>;
  /** Key that encrypts the history. */
  keyArn: pulumi.Input<string>;
  tags: Record<string, string>;
}

/**
 * What watches one region: GuardDuty for attacks, AWS Config for the history of every resource, Security Hub for
 * standards and as the one list of findings. Creates them, and the role of AWS Config. Findings stay in their region.
 */
export class Detection extends pulumi.ComponentResource {
  public readonly detectorId: pulumi.Output<string>;
  public readonly recorderName: pulumi.Output<string>;
  public readonly hubArn: pulumi.Output<string>;

  constructor(name: string, args: DetectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const detector = new guardduty.Detector(
      `${name}-detector`,
      { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES", tags: args.tags },
      { parent: this },
    );
    for (const feature of args.config.guardDuty) {
      new guardduty.DetectorFeature(
        `${name}-${feature.toLowerCase().replaceAll("_", "-")}`,
        { detectorId: detector.id, name: feature, status: "ENABLED" },
        { parent: this },
      );
    }
    const recording = this.record(name, args);
    const hub = new securityhub.Account(
      `${name}-hub`,
      { enableDefaultStandards: false, autoEnableControls: true, controlFindingGenerator: "SECURITY_CONTROL" },
      // Its checks read what AWS Config records.
      { parent: this, dependsOn: recording },
    );
    for (const standard of args.config.standards) {
      new securityhub.StandardsSubscription(
        `${name}-${standard.split("/")[0]}`,
        { standardsArn: `arn:aws:securityhub:${args.region}::standards/${standard}` },
        { parent: this, dependsOn: hub },
      );
    }

    this.detectorId = detector.id;
    this.recorderName = recording.name;
    this.hubArn = hub.arn;
    this.registerOutputs({ detectorId: this.detectorId, recorderName: this.recorderName, hubArn: this.hubArn });
  }

  /** AWS Config: a role, a recorder, where it delivers to, and that it runs. */
  private record(name: string, args: DetectionArgs): cfg.RecorderStatus {
    const role = new iam.Role(
      `${name}-role`,
      {
        description: "AWS Config: reads every resource, writes its history.",
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "config.amazonaws.com" },
              Action: "sts:AssumeRole",
              Condition: { StringEquals: { "aws:SourceAccount": args.account } },
            },
          ],
        }),
        tags: args.tags,
      },
      { parent: this },
    );
    const reads = new iam.RolePolicyAttachment(
      `${name}-reads`,
      { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AWS_ConfigRole" },
      { parent: this },
    );
    const writes = new iam.RolePolicy(
      `${name}-writes`,
      {
        role: role.name,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "Check",
              Effect: "Allow",
              Action: ["s3:GetBucketAcl", "s3:ListBucket"],
              Resource: args.historyBucketArn,
            },
            {
              Sid: "Write",
              Effect: "Allow",
              Action: "s3:PutObject",
              Resource: pulumi.interpolate`${args.historyBucketArn}/AWSLogs/${args.account}/Config/*`,
              Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
            },
            {
              Sid: "Encrypt",
              Effect: "Allow",
              Action: ["kms:Decrypt", "kms:GenerateDataKey"],
              Resource: args.keyArn,
            },
          ],
        }),
      },
      { parent: this },
    );
    const recorder = new cfg.Recorder(
      `${name}-recorder`,
      {
        roleArn: role.arn,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: args.recordsGlobal },
        recordingMode: { recordingFrequency: "CONTINUOUS" },
      },
      { parent: this, dependsOn: [reads, writes] },
    );
    const channel = new cfg.DeliveryChannel(
      `${name}-channel`,
      {
        s3BucketName: args.historyBucket,
        s3KmsKeyArn: args.keyArn,
        snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
      },
      { parent: this, dependsOn: recorder },
    );
    return new cfg.RecorderStatus(
      `${name}-recording`,
      { name: recorder.name, isEnabled: true },
      { parent: this, dependsOn: channel },
    );
  }
}
