import assert from "node:assert/strict";
import { lookUp } from "../../../rehearsal/clouds/context";
import { text } from "../../../pulumi/json";
import type { Json } from "../../../rollout/engine";
import { Asker } from "./ask";

const HERE = "eu-west-1:210987654321";
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const TIME = "2026-01-01T00:00:00Z";
const GROUP = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/group";
const LB_ARN = `arn:aws:elasticloadbalancing:${HERE}:loadbalancer/app/main/0123456789abcdef`;
const LISTENER_ARN = `arn:aws:elasticloadbalancing:${HERE}:listener/app/main/0123456789abcdef/fedcba9876543210`;

/** Type, inputs, form of the identifier, forms of outputs by path. The logical name is `thing`. */
type Row = [type: string, inputs: Record<string, Json>, id: string, outputs?: Record<string, string>];

const FORMS: Row[] = [
  [
    "aws:ec2/vpc:Vpc",
    {},
    "vpc-0[0-9a-f]{16}",
    { arn: `arn:aws:ec2:${HERE}:vpc/vpc-\\w{17}`, defaultSecurityGroupId: "sg-0[0-9a-f]{16}" },
  ],
  ["aws:ec2/subnet:Subnet", { vpcId: "vpc-1" }, "subnet-0[0-9a-f]{16}"],
  [
    "aws:ec2/eip:Eip",
    {},
    "eipalloc-0[0-9a-f]{16}",
    { publicIp: "198\\.1[89]\\.\\d+\\.\\d+", publicDns: "ec2-198-.*\\.eu-west-1\\.compute\\.amazonaws\\.com" },
  ],
  ["aws:ec2/natGateway:NatGateway", {}, "nat-0[0-9a-f]{16}"],
  ["aws:ec2/routeTable:RouteTable", {}, "rtb-0[0-9a-f]{16}"],
  ["aws:ec2/internetGateway:InternetGateway", {}, "igw-0[0-9a-f]{16}"],
  ["aws:ec2/networkAcl:NetworkAcl", {}, "acl-0[0-9a-f]{16}"],
  ["aws:ec2/securityGroup:SecurityGroup", {}, "sg-0[0-9a-f]{16}", { name: "thing-[0-9a-f]{7}" }],
  ["aws:ec2/launchTemplate:LaunchTemplate", {}, "lt-0[0-9a-f]{16}", { latestVersion: "1" }],
  [
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    { vpcEndpointType: "Interface", serviceName: "com.amazonaws.eu-west-1.ecr.api", subnetIds: ["subnet-1"] },
    "vpce-0[0-9a-f]{16}",
    {
      "dnsEntries.0.dnsName": "vpce-\\w{17}-\\w{8}\\.api\\.ecr\\.eu-west-1\\.vpce\\.amazonaws\\.com",
      "networkInterfaceIds.0": "eni-0[0-9a-f]{16}",
    },
  ],
  [
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    { serviceName: "com.amazonaws.eu-west-1.s3" },
    "vpce-0[0-9a-f]{16}",
    { prefixListId: "pl-[0-9a-f]{8}" },
  ],
  [
    "aws:iam/role:Role",
    {},
    "thing-[0-9a-f]{7}",
    { arn: "arn:aws:iam::210987654321:role/thing-\\w{7}", uniqueId: "AROA[A-Z0-9]{17}" },
  ],
  [
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    { url: "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC" },
    "arn:aws:iam::210987654321:oidc-provider/oidc\\.eks\\.eu-west-1\\.amazonaws\\.com/id/ABC",
  ],
  ["aws:kms/key:Key", {}, UUID, { arn: `arn:aws:kms:${HERE}:key/${UUID}` }],
  [
    "aws:kms/alias:Alias",
    { targetKeyId: "k" },
    "alias/thing-[0-9a-f]{7}",
    { targetKeyArn: `arn:aws:kms:${HERE}:key/k` },
  ],
  [
    "aws:s3/bucket:Bucket",
    {},
    "thing-[0-9a-f]{7}",
    { arn: "arn:aws:s3:::thing-\\w{7}", bucketRegionalDomainName: "thing-\\w{7}\\.s3\\.eu-west-1\\.amazonaws\\.com" },
  ],
  ["aws:s3/bucket:Bucket", { bucket: "chosen" }, "chosen", { bucketDomainName: "chosen\\.s3\\.amazonaws\\.com" }],
  [
    "aws:eks/cluster:Cluster",
    { version: "1.35", vpcConfig: { subnetIds: [] } },
    "thing-[0-9a-f]{7}",
    {
      endpoint: "https://[0-9A-F]{32}\\.gr7\\.eu-west-1\\.eks\\.amazonaws\\.com",
      "identities.0.oidcs.0.issuer": "https://oidc\\.eks\\.eu-west-1\\.amazonaws\\.com/id/[0-9A-F]{32}",
      "certificateAuthority.data": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS[A-Za-z0-9+/]+=*",
      "vpcConfig.clusterSecurityGroupId": "sg-0[0-9a-f]{16}",
    },
  ],
  [
    "aws:eks/nodeGroup:NodeGroup",
    { clusterName: "c" },
    "c:thing-[0-9a-f]{7}",
    { arn: `arn:aws:eks:${HERE}:nodegroup/c/thing-\\w{7}/${UUID}` },
  ],
  [
    "aws:lb/loadBalancer:LoadBalancer",
    { name: "main", subnets: ["a", "b"] },
    `arn:aws:elasticloadbalancing:${HERE}:loadbalancer/app/main/[0-9a-f]{16}`,
    { arnSuffix: "app/main/[0-9a-f]{16}", dnsName: "main-\\d{10}\\.eu-west-1\\.elb\\.amazonaws\\.com" },
  ],
  [
    "aws:lb/targetGroup:TargetGroup",
    {},
    `arn:aws:elasticloadbalancing:${HERE}:targetgroup/thing-\\w{7}/[0-9a-f]{16}`,
    { arnSuffix: "targetgroup/thing-\\w{7}/[0-9a-f]{16}" },
  ],
  [
    "aws:lb/listener:Listener",
    { loadBalancerArn: LB_ARN, port: 443 },
    `arn:aws:elasticloadbalancing:${HERE}:listener/app/main/0123456789abcdef/[0-9a-f]{16}`,
  ],
  [
    "aws:lb/listenerRule:ListenerRule",
    { listenerArn: LISTENER_ARN, priority: 1 },
    `arn:aws:elasticloadbalancing:${HERE}:listener-rule/app/main/0123456789abcdef/fedcba9876543210/[0-9a-f]{16}`,
  ],
  [
    "aws:rds/instance:Instance",
    { engine: "postgres", engineVersion: "15.18" },
    "db-[A-Z0-9]{26}",
    {
      endpoint: "thing-\\w{7}\\.\\w{12}\\.eu-west-1\\.rds\\.amazonaws\\.com:5432",
      resourceId: "db-[A-Z0-9]{26}",
      engineVersionActual: "15\\.18",
    },
  ],
  [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    { numCacheClusters: 3 },
    "thing-[0-9a-f]{7}",
    {
      primaryEndpointAddress: "master\\.thing-\\w{7}\\.\\w{6}\\.euw1\\.cache\\.amazonaws\\.com",
      "memberClusters.2": "thing-\\w{7}-003",
      port: "6379",
    },
  ],
  [
    "aws:lambda/function:Function",
    {},
    "thing-[0-9a-f]{7}",
    { arn: `arn:aws:lambda:${HERE}:function:thing-\\w{7}`, version: "\\$LATEST" },
  ],
  [
    "aws:lambda/invocation:Invocation",
    { functionName: "f" },
    "f_\\$LATEST_[0-9a-f]{32}",
    { result: '"[A-Za-z0-9]{32}"' },
  ],
  ["aws:secretsmanager/secret:Secret", { name: "a/b" }, `arn:aws:secretsmanager:${HERE}:secret:a/b-[A-Za-z0-9]{6}`],
  [
    "aws:acm/certificate:Certificate",
    { domainName: "app.example.com", subjectAlternativeNames: ["*.app.example.com"] },
    `arn:aws:acm:${HERE}:certificate/${UUID}`,
    {
      "domainValidationOptions.0.resourceRecordName": "_[0-9a-f]{32}\\.app\\.example\\.com\\.",
      "domainValidationOptions.1.resourceRecordName": "_[0-9a-f]{32}\\.app\\.example\\.com\\.",
      "domainValidationOptions.0.resourceRecordValue": "_[0-9a-f]{32}\\.[a-z0-9]{10}\\.acm-validations\\.aws\\.",
    },
  ],
  ["aws:cloudfront/distribution:Distribution", {}, "E[A-Z0-9]{13}", { domainName: "d[a-z0-9]{13}\\.cloudfront\\.net" }],
  [
    "aws:wafv2/webAcl:WebAcl",
    { scope: "REGIONAL" },
    UUID,
    { arn: `arn:aws:wafv2:${HERE}:regional/webacl/thing-\\w{7}/${UUID}` },
  ],
  [
    "aws:wafv2/webAcl:WebAcl",
    { scope: "CLOUDFRONT" },
    UUID,
    { arn: `arn:aws:wafv2:${HERE}:global/webacl/thing-\\w{7}/${UUID}` },
  ],
  ["aws:cloudwatch/logGroup:LogGroup", { name: "/a/b" }, "/a/b", { arn: `arn:aws:logs:${HERE}:log-group:/a/b` }],
  ["aws:guardduty/detector:Detector", {}, "[0-9a-f]{32}"],
  [
    "azure-native:resources:ResourceGroup",
    {},
    "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/thing[0-9a-f]{8}",
    { name: "thing[0-9a-f]{8}" },
  ],
  [
    "azure-native:cognitiveservices:Account",
    { resourceGroupName: "group", properties: { customSubDomainName: "pathfinity-eu" } },
    `${GROUP}/providers/Microsoft.CognitiveServices/accounts/thing[0-9a-f]{8}`,
    {
      "properties.endpoint": "https://pathfinity-eu\\.openai\\.azure\\.com/",
      "properties.customSubDomainName": "pathfinity-eu",
    },
  ],
  [
    "azure-native:managedidentity:UserAssignedIdentity",
    { resourceGroupName: "group" },
    `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/thing[0-9a-f]{8}`,
    { clientId: UUID, principalId: UUID, tenantId: UUID },
  ],
  [
    "cloudflare:index/zone:Zone",
    { name: "example.com" },
    "[0-9a-f]{32}",
    { "nameServers.0": "[a-z]+\\.ns\\.cloudflare\\.com" },
  ],
  ["cloudflare:index/loadBalancerPool:LoadBalancerPool", { name: "pool" }, "[0-9a-f]{32}"],
  [
    "kubernetes:core/v1:Namespace",
    { metadata: {} },
    "thing-[0-9a-f]{8}",
    { "metadata.uid": UUID, "metadata.creationTimestamp": TIME },
  ],
  [
    "kubernetes:core/v1:ConfigMap",
    { metadata: { name: "chosen" } },
    "default/chosen",
    { "metadata.resourceVersion": "\\d+", "metadata.namespace": "default" },
  ],
  [
    "kubernetes:helm.sh/v3:Release",
    { chart: "c", namespace: "kube-system", name: "r" },
    "kube-system/r",
    { "status.status": "deployed", "status.revision": "1" },
  ],
];

describe("identifiers and outputs that the stand-in clouds invent", () => {
  for (const [type, inputs, id, outputs] of FORMS) {
    it(`have the cloud's own form: ${type} ${JSON.stringify(inputs)}`, () => {
      const made = new Asker().create(type, "thing", inputs);
      assert.match(made.id, new RegExp(`^${id}$`));
      for (const [path, form] of Object.entries(outputs ?? {})) {
        assert.match(text(lookUp(made.outputs, path)), new RegExp(`^${form}$`), path);
      }
    });
  }

  it("are the same for the same resource, on every machine", () => {
    assert.equal(new Asker().create("aws:ec2/vpc:Vpc", "thing", {}).id, "vpc-0538c6eadb7dffb55");
  });

  it("are different for different resources, and for a replacement", () => {
    const asker = new Asker();
    const ids = ["a", "b"].map((name) => asker.create("aws:ec2/vpc:Vpc", name, {}).id);
    ids.push(asker.create("aws:ec2/vpc:Vpc", "a", {}, "a replaced").id);
    assert.equal(new Set(ids).size, 3);
  });

  it("carry the tags of the provider and of the resource", () => {
    const { outputs } = new Asker().create("aws:ec2/vpc:Vpc", "thing", { tags: { owner: "team" } });
    assert.deepEqual(outputs.tagsAll, { deployment: "pathfinity", owner: "team" });
  });

  it("follow what a resource refers to: a NAT gateway has its address, an alias its key", () => {
    const asker = new Asker();
    const address = asker.create("aws:ec2/eip:Eip", "address", {});
    const gateway = asker.create("aws:ec2/natGateway:NatGateway", "gateway", { allocationId: address.id });
    assert.equal(gateway.outputs.publicIp, address.outputs.publicIp);
  });

  it("name a zone by its identifier: the DS record is the zone's", () => {
    const asker = new Asker();
    const zone = asker.create("cloudflare:index/zone:Zone", "zone", { name: "example.com" });
    const { outputs } = asker.create("cloudflare:index/zoneDnssec:ZoneDnssec", "dnssec", { zoneId: zone.id });
    assert.match(text(outputs.ds), /^example\.com\. 3600 IN DS \d{5} 13 2 [0-9A-F]{64}$/);
  });

  it("adopt the security group that a VPC came with", () => {
    const asker = new Asker();
    const vpc = asker.create("aws:ec2/vpc:Vpc", "vpc", {});
    const group = asker.create("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "group", { vpcId: vpc.id });
    assert.equal(group.id, vpc.outputs.defaultSecurityGroupId);
  });
});

describe("a change in a stand-in cloud", () => {
  it("keeps what the cloud gave once", () => {
    const asker = new Asker();
    const before = { version: "1.34", vpcConfig: { subnetIds: ["s"] } };
    const made = asker.create("aws:eks/cluster:Cluster", "thing", before);
    const changed = asker.update("aws:eks/cluster:Cluster", "thing", made, before, { ...before, version: "1.35" });
    assert.deepEqual(changed.vpcConfig, made.outputs.vpcConfig);
    assert.equal(changed.endpoint, undefined);
  });

  it("makes a new version of a launch template, a Helm release and a Kubernetes object", () => {
    const asker = new Asker();
    const template = asker.create("aws:ec2/launchTemplate:LaunchTemplate", "thing", {});
    assert.equal(asker.update("aws:ec2/launchTemplate:LaunchTemplate", "thing", template, {}, {}).latestVersion, 2);
    const chart = { chart: "c", namespace: "kube-system", name: "r" };
    const release = asker.create("kubernetes:helm.sh/v3:Release", "thing", chart);
    const upgraded = asker.update("kubernetes:helm.sh/v3:Release", "thing", release, chart, { ...chart, version: "2" });
    assert.equal(lookUp(upgraded, "status.revision"), 2);
    const map = { metadata: { name: "m" }, data: { a: "1" } };
    const object = asker.create("kubernetes:core/v1:ConfigMap", "thing", map);
    const patched = asker.update("kubernetes:core/v1:ConfigMap", "thing", object, map, { ...map, data: { a: "2" } });
    assert.equal(lookUp(patched, "metadata.uid"), lookUp(object.outputs, "metadata.uid"));
    assert.notEqual(lookUp(patched, "metadata.resourceVersion"), lookUp(object.outputs, "metadata.resourceVersion"));
  });
});
