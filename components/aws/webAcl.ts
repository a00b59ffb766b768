import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as inputs from "@pulumi/aws/types/input";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";
import type { WebAclConfig } from "../../stacks/config/webAcl";
import { COLOR_HEADER, ORIGIN_HEADER, TOKEN_HEADER } from "../internal/headers";
import { dataTags } from "./dataTags";

const TOKEN = "cutover:aws:WebAcl";

/** Headers that no log may show: what users and the edge identify themselves with. */
const REDACTED_HEADERS = ["authorization", "cookie", ORIGIN_HEADER, TOKEN_HEADER] as const;

export interface WebAclArgs {
  /** What the web ACL guards: a load balancer, or a CloudFront distribution (then the provider's region is us-east-1). */
  scope: "REGIONAL" | "CLOUDFRONT";
  config: WebAclConfig;
  /**
   * Headers that every request must carry, with the one value that is right; others are answered with 403.
   *
   * @default - none
   */
  requiredHeaders?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Header that holds the user's address, where a proxy stands in front.
   *
   * @default - the address that the connection comes from
   */
  clientAddressHeader?: string;
  /**
   * What a request has to prove with (`x-cutover-token`) before it may name a color. Secret.
   *
   * @default - colors are no affair of this firewall
   */
  testerToken?: pulumi.Input<string>;
  /**
   * ARN of the load balancer that it guards.
   *
   * @default - none: a distribution names its web ACL itself
   */
  resourceArn?: pulumi.Input<string>;
  /** Region of the provider. */
  region: string;
  account: string;
  /** Name of the log group: it begins with `aws-waf-logs-`, a rule of WAF. */
  logGroupName: `aws-waf-logs-${string}`;
  /** Key of the log group; its policy lets CloudWatch Logs use it. */
  logKeyArn: pulumi.Input<string>;
  /** Tags of the log group: owner, residency. */
  tags: Record<string, string>;
}

/**
 * A web application firewall: refuses requests without the headers that the edge sets, addresses that send too much,
 * and what AWS's managed rules know as attacks. Requests are logged without the headers that identify somebody; a line
 * still has the user's address. A distribution's log lies in us-east-1 wherever its users are, so that it keeps only
 * the requests that a rule blocked or counted: evidence of an attack, and no record of who uses the service.
 *
 * @stateful
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export class WebAcl extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  public readonly logGroupArn: pulumi.Output<string>;

  constructor(name: string, args: WebAclArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const acl = new wafv2.WebAcl(
      `${name}-acl`,
      {
        scope: args.scope,
        defaultAction: { allow: {} },
        rules: rules(name, args),
        visibilityConfig: visibility(name),
      },
      // The provider echoes the rules, and with them the secret value of a required header.
      { parent: this, additionalSecretOutputs: ["rules"] },
    );
    if (args.resourceArn !== undefined) {
      new wafv2.WebAclAssociation(
        `${name}-association`,
        { resourceArn: args.resourceArn, webAclArn: acl.arn },
        { parent: this },
      );
    }
    const logs = this.logs(name, args, acl);

    this.arn = acl.arn;
    this.logGroupArn = logs.arn;
    this.registerOutputs({ arn: this.arn, logGroupArn: this.logGroupArn });
  }

  private logs(name: string, args: WebAclArgs, acl: wafv2.WebAcl): cloudwatch.LogGroup {
    const group = new cloudwatch.LogGroup(
      `${name}-logs`,
      {
        name: args.logGroupName,
        kmsKeyId: args.logKeyArn,
        retentionInDays: args.config.logRetentionDays,
        deletionProtectionEnabled: true,
        tags: dataTags(args.tags, "access-log", args.config.logRetentionDays),
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    const policy = new cloudwatch.LogResourcePolicy(
      `${name}-log-policy`,
      {
        policyName: args.logGroupName,
        policyDocument: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "delivery.logs.amazonaws.com" },
              Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
              Resource: pulumi.interpolate`${group.arn}:log-stream:*`,
              Condition: {
                StringEquals: { "aws:SourceAccount": args.account },
                ArnLike: { "aws:SourceArn": `arn:aws:logs:${args.region}:${args.account}:*` },
              },
            },
          ],
        }),
      },
      { parent: this },
    );
    new wafv2.WebAclLoggingConfiguration(
      `${name}-logging`,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [group.arn],
        redactedFields: REDACTED_HEADERS.map((header) => ({ singleHeader: { name: header } })),
        loggingFilter: args.scope === "CLOUDFRONT" ? ONLY_MATCHES : undefined,
      },
      { parent: this, dependsOn: [policy] },
    );
    return group;
  }
}

/** Keeps the requests that a rule blocked or counted, and drops the others. */
const ONLY_MATCHES: inputs.wafv2.WebAclLoggingConfigurationLoggingFilter = {
  defaultBehavior: "DROP",
  filters: [
    {
      behavior: "KEEP",
      requirement: "MEETS_ANY",
      conditions: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
    },
  ],
};

type Rule = inputs.wafv2.WebAclRule;

/** The rules in their order: the cheapest and surest first. */
function rules(name: string, args: WebAclArgs): Rule[] {
  const required = Object.entries(args.requiredHeaders ?? {}).map(([header, value]) => ({
    name: `require-${header}`,
    action: { block: {} },
    statement: {
      notStatement: {
        statement: {
          byteMatchStatement: {
            fieldToMatch: { singleHeader: { name: header } },
            positionalConstraint: "EXACTLY",
            searchString: value,
            textTransformations: [{ priority: 0, type: "NONE" }],
          },
        },
      },
    },
  }));
  const limit = args.config.requestsPerFiveMinutes;
  const rate =
    limit === undefined
      ? []
      : [
          {
            name: "rate",
            action: { block: {} },
            statement: { rateBasedStatement: rateStatement(limit, args.clientAddressHeader) },
          },
        ];
  const managed = args.config.managedRuleGroups.map((group) => ({
    name: group.name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: group.name,
        ruleActionOverrides: group.count.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
  }));
  const testers = args.testerToken === undefined ? [] : [onlyTesters(args.testerToken)];
  return [...required, ...testers, ...rate, ...managed].map((rule, priority) => ({
    ...rule,
    priority,
    visibilityConfig: visibility(`${name}-${rule.name}`),
  }));
}

/** A firewall takes no header away, so that a request that names a color without the token is refused. */
function onlyTesters(token: pulumi.Input<string>) {
  const exactly = { priority: 0, type: "NONE" };
  return {
    name: "color-only-for-testers",
    action: { block: {} },
    statement: {
      andStatement: {
        statements: [
          {
            sizeConstraintStatement: {
              fieldToMatch: { singleHeader: { name: COLOR_HEADER } },
              comparisonOperator: "GE",
              size: 1,
              textTransformations: [exactly],
            },
          },
          {
            notStatement: {
              statement: {
                byteMatchStatement: {
                  fieldToMatch: { singleHeader: { name: TOKEN_HEADER } },
                  positionalConstraint: "EXACTLY",
                  searchString: pulumi.secret(token),
                  textTransformations: [exactly],
                },
              },
            },
          },
        ],
      },
    },
  };
}

function rateStatement(limit: number, clientAddressHeader: string | undefined) {
  return clientAddressHeader === undefined
    ? { limit, evaluationWindowSec: 300, aggregateKeyType: "IP" }
    : {
        limit,
        evaluationWindowSec: 300,
        aggregateKeyType: "FORWARDED_IP",
        // The edge's own health checks carry no user's address; counting them as one user could block them all.
        forwardedIpConfig: { headerName: clientAddressHeader, fallbackBehavior: "NO_MATCH" },
      };
}

/** Metrics, and no samples: a sampled request would show the headers that the logs leave out. */
function visibility(metricName: string) {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
