import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Certificate } from "../../../components/aws/certificate";
import { Entry } from "../../../components/aws/entry";
import { WebAcl } from "../../../components/aws/webAcl";
import { entry } from "../../support/platformEdge";
import { all, find, misplaced, record } from "../../support/recorder";

const args = {
  deployment: "pathfinity",
  environment: "production",
  region: "eu-west-1",
  account: "123456789012",
  jurisdiction: "EU",
  vpcId: "vpc",
  publicSubnetIds: ["a", "b", "c"],
  clusterSecurityGroupId: "cluster",
  config: entry,
  clientAddressHeader: "CF-Connecting-IP",
  logBucket: "logs",
  logKeyArn: "arn:key",
  originSecret: "hush",
  tags: { owner: "platform", residency: "EU" },
};
const make = () => record(() => new Entry("entry-eu-west-1", args));

describe("the entry of a region", () => {
  it("is a protected, internet-facing load balancer that logs and drops what is malformed", async () => {
    const { resources } = await make();
    const balancer = find(resources, "aws:lb/loadBalancer:LoadBalancer");
    assert.deepEqual([balancer.protect, balancer.retainOnDelete], [true, true]);
    const { inputs } = balancer;
    assert.equal(inputs["internal"], false);
    assert.equal(inputs["enableDeletionProtection"], true);
    assert.equal(inputs["dropInvalidHeaderFields"], true);
    assert.equal(inputs["enableHttp2"], true);
    assert.equal(inputs["preserveHostHeader"], true);
    assert.equal(inputs["idleTimeout"], 60);
    assert.deepEqual(inputs["accessLogs"], { enabled: true, bucket: "logs", prefix: "eu-west-1" });
    assert.deepEqual(inputs["subnets"], ["a", "b", "c"]);
  });

  it("has a name that still fits an ALB's 32 characters when Pulumi has added its own, in every region", async () => {
    const { resources } = await record(() => new Entry("entry-ap-southeast-1", { ...args, region: "ap-southeast-1" }));
    assert.ok(find(resources, "aws:lb/loadBalancer:LoadBalancer").name.length + 8 <= 32);
  });

  it("lets in the edge's ranges on 443 and 80, and nobody else", async () => {
    const { resources } = await make();
    const list = find(resources, "aws:ec2/managedPrefixList:ManagedPrefixList");
    assert.deepEqual(
      list.inputs["entries"].map(({ cidr }: any) => cidr),
      entry.edgeRanges,
    );
    assert.equal(list.inputs["maxEntries"], entry.edgeRanges?.length);
    const group = find(resources, "aws:ec2/securityGroup:SecurityGroup");
    assert.equal(group.inputs["ingress"], undefined);
    assert.equal(group.inputs["egress"], undefined);
    const open = all(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").filter(
      ({ inputs }) => inputs["securityGroupId"] === `${group.name}-id`,
    );
    assert.deepEqual(open.map(({ inputs }) => `${inputs["fromPort"]}-${inputs["toPort"]}`).sort(), [
      "443-443",
      "80-80",
    ]);
    for (const { inputs } of open) {
      assert.equal(inputs["prefixListId"], `${list.name}-id`);
      assert.equal(inputs["cidrIpv4"] ?? inputs["cidrIpv6"], undefined);
    }
  });

  it("reaches the pods on their ports, both ends of the rule, and nothing else", async () => {
    const { resources } = await make();
    const group = find(resources, "aws:ec2/securityGroup:SecurityGroup");
    const out = all(resources, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");
    assert.deepEqual(
      out.map(({ inputs }) => [inputs["referencedSecurityGroupId"], inputs["fromPort"], inputs["toPort"]]),
      [["cluster", 8_080, 8_080]],
    );
    const pods = find(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "-pods-8080");
    assert.equal(pods.inputs["securityGroupId"], "cluster");
    assert.equal(pods.inputs["referencedSecurityGroupId"], `${group.name}-id`);
  });

  it("refuses what did not come through the edge, or is meant for another jurisdiction, before anything else", async () => {
    const { resources } = await make();
    const acl = find(resources, "aws:wafv2/webAcl:WebAcl");
    const required = [...acl.inputs["rules"]].sort((one: any, other: any) => one.priority - other.priority).slice(0, 2);
    assert.deepEqual(
      required.map((rule: any) => {
        const match = rule.statement.notStatement.statement.byteMatchStatement;
        return [rule.action, match.fieldToMatch.singleHeader.name, match.positionalConstraint, match.searchString];
      }),
      [
        [{ block: {} }, "x-origin-verify", "EXACTLY", { secret: "hush" }],
        [{ block: {} }, "x-cutover-jurisdiction", "EXACTLY", "EU"],
      ],
    );
    assert.deepEqual(acl.additionalSecretOutputs, ["rules"]);
  });

  it("counts by the user's address and not the edge's, and leaves health checks alone", async () => {
    const { resources } = await make();
    const rate = find(resources, "aws:wafv2/webAcl:WebAcl").inputs["rules"].find(({ name }: any) => name === "rate");
    assert.deepEqual(rate.statement.rateBasedStatement, {
      limit: 100_000,
      evaluationWindowSec: 300,
      aggregateKeyType: "FORWARDED_IP",
      forwardedIpConfig: { headerName: "CF-Connecting-IP", fallbackBehavior: "NO_MATCH" },
    });
  });

  it("runs AWS's managed rules, each with its own priority, and only counts what config says", async () => {
    const { resources } = await make();
    const rules = find(resources, "aws:wafv2/webAcl:WebAcl").inputs["rules"];
    const common = rules.find(({ name }: any) => name === "AWSManagedRulesCommonRuleSet");
    assert.deepEqual(common.overrideAction, { none: {} });
    assert.deepEqual(common.statement.managedRuleGroupStatement.ruleActionOverrides, [
      { name: "SizeRestrictions_BODY", actionToUse: { count: {} } },
    ]);
    assert.equal(new Set(rules.map(({ priority }: any) => priority)).size, rules.length);
    assert.ok(rules.every((rule: any) => rule.visibilityConfig.sampledRequestsEnabled === false));
  });

  it("is guarded by its web ACL", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "aws:wafv2/webAclAssociation:WebAclAssociation");
    assert.equal(inputs["resourceArn"], "arn:entry-eu-west-1-alb");
    assert.equal(inputs["webAclArn"], "arn:entry-eu-west-1-waf-acl");
  });

  it("logs every request encrypted, as long as access logs are kept, without the headers that identify somebody", async () => {
    const { resources } = await make();
    const group = find(resources, "aws:cloudwatch/logGroup:LogGroup");
    assert.equal(group.inputs["name"], "aws-waf-logs-pathfinity-production-eu-west-1");
    assert.equal(group.inputs["kmsKeyId"], "arn:key");
    assert.equal(group.inputs["retentionInDays"], 90);
    assert.deepEqual(group.inputs["tags"], {
      owner: "platform",
      residency: "EU",
      "data-class": "access-log",
      "legal-basis": "legitimate-interest",
      "retention-days": "90",
    });
    assert.deepEqual(
      [group.protect, group.retainOnDelete, group.inputs["deletionProtectionEnabled"]],
      [true, true, true],
    );
    const logging = find(resources, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
    assert.deepEqual(
      logging.inputs["redactedFields"].map(({ singleHeader }: any) => singleHeader.name),
      ["authorization", "cookie", "x-origin-verify", "x-cutover-token"],
    );
    assert.equal(logging.inputs["loggingFilter"], undefined);
    const policy = find(resources, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy");
    assert.ok(logging.dependencies.includes(policy.urn));
    const [statement] = JSON.parse(policy.inputs["policyDocument"]).Statement;
    assert.equal(statement.Resource, `arn:${group.name}:log-stream:*`);
    assert.deepEqual(statement.Condition.StringEquals, { "aws:SourceAccount": "123456789012" });
  });

  it("gives what the platform's contract asks for", async () => {
    const { value } = await record(
      () => {
        const made = new Entry("entry-eu-west-1", args);
        return {
          arn: made.loadBalancerArn,
          suffix: made.loadBalancerArnSuffix,
          dns: made.dnsName,
          group: made.securityGroupId,
        };
      },
      (type) => (type === "aws:lb/loadBalancer:LoadBalancer" ? { arnSuffix: "app/x/1", dnsName: "x.elb" } : {}),
    );
    assert.deepEqual(value, {
      arn: "arn:entry-eu-west-1-alb",
      suffix: "app/x/1",
      dns: "x.elb",
      group: "entry-eu-west-1-security-group-id",
    });
  });

  it("keeps every child under its component and named after it", async () => {
    const { resources } = await make();
    assert.deepEqual(misplaced(resources), []);
  });
});

describe("a web ACL without a proxy in front", () => {
  const distribution = () =>
    record(
      () =>
        new WebAcl("static-waf", {
          scope: "CLOUDFRONT",
          config: entry.webAcl,
          region: "us-east-1",
          account: "123456789012",
          logGroupName: "aws-waf-logs-static",
          logKeyArn: "arn:key",
          tags: {},
        }),
    );

  it("keeps no record of users that it let pass: its log lies in one jurisdiction", async () => {
    const { resources } = await distribution();
    const { inputs } = find(resources, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
    assert.equal(inputs["loggingFilter"].defaultBehavior, "DROP");
    assert.deepEqual(
      inputs["loggingFilter"].filters[0].conditions.map(({ actionCondition }: any) => actionCondition.action),
      ["BLOCK", "COUNT"],
    );
  });

  it("counts by the address of the connection, and requires no header", async () => {
    const { resources } = await distribution();
    const acl = find(resources, "aws:wafv2/webAcl:WebAcl");
    assert.equal(acl.inputs["scope"], "CLOUDFRONT");
    assert.equal(acl.inputs["rules"][0].statement.rateBasedStatement.aggregateKeyType, "IP");
    assert.ok(acl.inputs["rules"].every(({ statement }: any) => statement.notStatement === undefined));
    assert.equal(all(resources, "aws:wafv2/webAclAssociation:WebAclAssociation").length, 0);
  });
});

describe("certificates of one name in many regions", () => {
  const options = {
    domainValidationOptions: [
      {
        domainName: "app.pathfinity.com",
        resourceRecordName: "_x.app.pathfinity.com.",
        resourceRecordType: "CNAME",
        resourceRecordValue: "_y.acm-validations.aws.",
      },
    ],
  };
  const both = () => {
    const first = new Certificate("certificate-us-east-1", {
      domainName: "app.pathfinity.com",
      proof: { zoneId: "zone" },
    });
    const second = new Certificate("certificate-eu-west-1", {
      domainName: "app.pathfinity.com",
      proof: { recordName: first.recordName },
    });
    return pulumi.all([first.arn, second.arn]);
  };
  const outputs = (type: string, _name: string, inputs: Record<string, any>): Record<string, unknown> => {
    switch (type) {
      case "aws:acm/certificate:Certificate":
        return options;
      case "aws:acm/certificateValidation:CertificateValidation":
        return { certificateArn: `valid ${inputs["certificateArn"]}` };
      default:
        return {};
    }
  };

  it("share the one record that proves the name, without ACM's trailing dots and never proxied", async () => {
    const { resources } = await record(both, outputs);
    const { inputs } = find(resources, "cloudflare:index/dnsRecord:DnsRecord");
    assert.equal(inputs["name"], "_x.app.pathfinity.com");
    assert.equal(inputs["content"], "_y.acm-validations.aws");
    assert.equal(inputs["proxied"], false);
    const validations = all(resources, "aws:acm/certificateValidation:CertificateValidation");
    assert.equal(validations.length, 2);
    for (const validation of validations) {
      assert.deepEqual(validation.inputs["validationRecordFqdns"], ["_x.app.pathfinity.com"]);
    }
  });

  it("wait until they are valid, and for the record", async () => {
    const { resources, value } = await record(both, outputs);
    const record1 = find(resources, "cloudflare:index/dnsRecord:DnsRecord");
    for (const validation of all(resources, "aws:acm/certificateValidation:CertificateValidation")) {
      assert.ok(validation.dependencies.includes(record1.urn));
    }
    assert.deepEqual(value, [
      "valid arn:certificate-us-east-1-certificate",
      "valid arn:certificate-eu-west-1-certificate",
    ]);
    assert.deepEqual(misplaced(resources), []);
  });

  it("do not fail while ACM has said nothing yet", async () => {
    const { resources } = await record(both);
    assert.equal(all(resources, "aws:acm/certificateValidation:CertificateValidation").length, 2);
  });
});
