import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../internal/after";

const TOKEN = "cutover:aws:AlarmTopic";

export interface AlarmTopicArgs {
  /** The AWS account. */
  account: string;
  /** The region whose alarms it carries. */
  region: string;
  /** Key that encrypts messages; CloudWatch may use it (`serviceGrant("CloudWatch", "cloudwatch.amazonaws.com", account)`). */
  keyArn: pulumi.Input<string>;
  /** Mailboxes that are subscribed; each confirms once, by a link. */
  emails: readonly string[];
  tags: Record<string, string>;
}

/** Where one region's CloudWatch alarms are heard. Creates the topic, its policy and its subscriptions. */
export class AlarmTopic extends pulumi.ComponentResource {
  /** The topic's ARN, once alarms may publish to it. */
  public readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { account, region } = args;

    const topic = new sns.Topic(
      `${name}-topic`,
      { kmsMasterKeyId: args.keyArn, signatureVersion: 2, tags: args.tags },
      { parent: this },
    );
    const policy = new sns.TopicPolicy(
      `${name}-policy`,
      {
        arn: topic.arn,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "Alarms",
              Effect: "Allow",
              Principal: { Service: "cloudwatch.amazonaws.com" },
              Action: "sns:Publish",
              Resource: topic.arn,
              Condition: {
                StringEquals: { "aws:SourceAccount": account },
                ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:*` },
              },
            },
            {
              Sid: "WithoutTls",
              Effect: "Deny",
              Principal: "*",
              Action: "sns:Publish",
              Resource: topic.arn,
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
          ],
        }),
      },
      { parent: this },
    );
    for (const endpoint of args.emails) {
      new sns.TopicSubscription(
        `${name}-${endpoint.replace(/[^a-z0-9]+/gi, "-")}`,
        { topic: topic.arn, protocol: "email", endpoint },
        { parent: this },
      );
    }

    this.arn = after(topic.arn, policy.id);
    this.registerOutputs({ arn: this.arn });
  }
}
