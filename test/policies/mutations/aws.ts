import * as types from "../../../policies/rules/support/types";
import { inRegion, RECORD_TAGS } from "../rules/aws";
import { set, type Changes } from "../support/change";
import { draft } from "../support/draft";
import { mutate } from "../support/mutate";
import type { Mutation } from "../support/mutation";

const { BUCKET, CACHE, CLUSTER, DATABASE, DISTRIBUTION, KEY, LAUNCH_TEMPLATE, LISTENER, LISTENER_RULE } = types;
const { LOAD_BALANCER, LOG_GROUP, NODE_GROUP, SECRET, TARGET_GROUP, TRAIL, VAULT, WEB_ACL } = types;

/** Breaks properties of the first resource of a type in production whose URN has a text in it. */
function broken(rule: string, type: string, changes: Changes, urn = "", also: string[] = []): Mutation {
  return { rule, type, urn, change: (inputs) => set(inputs, changes), also };
}

/** Takes a resource of production away. */
function without(rule: string, type: string, urn = "", also: string[] = []): Mutation {
  return { rule, type, urn, also };
}

const PRIMARY = "database-us-east-1-primary-instance";
const RECOVERY = "database-us-west-2-recovery-replica-instance";
const RECORDS = "::records-us-east-1-private";
const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const ALLOW_ALL = policy({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" });

/** Mutations of the production's own resources. */
const inProduction: Mutation[] = [
  broken(
    "pod-image-registry",
    "kubernetes:apps/v1:Deployment",
    { "spec.template.spec.containers[0].image": `docker.io/pathfinity/api@sha256:${"0".repeat(64)}` },
    "color-us-east-1-blue-api-server-deployment",
  ),
  broken("rds-storage-encrypted", DATABASE, { storageEncrypted: false }, PRIMARY),
  broken("rds-customer-key", DATABASE, { kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/x" }, RECOVERY),
  broken("rds-insights-key", DATABASE, { performanceInsightsKmsKeyId: undefined }, PRIMARY),
  broken("elasticache-at-rest-encrypted", CACHE, { atRestEncryptionEnabled: false }),
  broken("elasticache-customer-key", CACHE, { kmsKeyId: undefined }),
  broken(
    "s3-kms-encryption",
    types.BUCKET_ENCRYPTION,
    { "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm": "AES256" },
    RECORDS,
  ),
  broken("eks-secrets-encrypted", CLUSTER, { "encryptionConfig.resources": [] }),
  broken("launch-template-volumes-encrypted", LAUNCH_TEMPLATE, { "blockDeviceMappings[0].ebs.encrypted": "false" }),
  broken("sns-topic-encrypted", "aws:sns/topic:Topic", { kmsMasterKeyId: undefined }),
  broken("log-group-customer-key", LOG_GROUP, { kmsKeyId: undefined }),
  broken("secret-customer-key", SECRET, { kmsKeyId: undefined }),
  broken("backup-vault-customer-key", VAULT, { kmsKeyArn: undefined }),
  broken("kms-key-rotation", KEY, { rotationPeriodInDays: 730 }),
  broken("kms-key-deletion-window", KEY, { deletionWindowInDays: 7 }),
  broken("kms-key-policy", KEY, { policy: ALLOW_ALL }),

  broken("elasticache-transit-encrypted", CACHE, { transitEncryptionMode: "preferred" }),
  broken("elasticache-authenticated", CACHE, { userGroupIds: [] }),
  broken("rds-force-ssl", types.DATABASE_PARAMETERS, { "parameters[8].value": "0" }),
  broken("rds-ca-certificate", DATABASE, { caCertIdentifier: "rds-ca-2019" }, PRIMARY),
  broken("cloudfront-viewer-tls", DISTRIBUTION, { "viewerCertificate.minimumProtocolVersion": "TLSv1" }),
  broken("cloudfront-https-only", DISTRIBUTION, { "defaultCacheBehavior.viewerProtocolPolicy": "allow-all" }),
  broken("lb-listener-tls", LISTENER, { protocol: "HTTP" }, "-https"),
  broken("lb-listener-policy", LISTENER, { sslPolicy: "ELBSecurityPolicy-2016-08" }, "-https"),
  without("s3-tls-only", types.BUCKET_POLICY, "::records-us-east-1-policy"),
  broken("sns-tls-only", "aws:sns/topicPolicy:TopicPolicy", { policy: policy() }),

  broken("rds-not-public", DATABASE, { publiclyAccessible: true }, PRIMARY),
  broken("s3-public-access-block", types.BUCKET_PUBLIC_ACCESS, { restrictPublicBuckets: false }, RECORDS),
  broken("s3-policy-not-public", types.BUCKET_POLICY, { policy: ALLOW_ALL }, "::records-us-east-1-policy", [
    "s3-tls-only",
  ]),
  broken("eks-endpoint-private", CLUSTER, { "vpcConfig.endpointPublicAccess": true }),
  broken(
    "security-group-not-open",
    types.INGRESS_RULE,
    { prefixListId: undefined, cidrIpv4: "0.0.0.0/0", toPort: 444 },
    "-in-https",
  ),
  broken(
    "data-store-security-group",
    types.INGRESS_RULE,
    { cidrIpv4: "203.0.113.0/24" },
    "database-us-east-1-site-from-10",
  ),
  {
    rule: "data-store-subnets-private",
    type: "aws:ec2/route:Route",
    urn: "network-us-east-1-public-route-a",
    change: (inputs, idOf) => set(inputs, { routeTableId: idOf("::network-us-east-1-database-routes") }),
  },
  broken("subnet-no-public-addresses", types.SUBNET, { mapPublicIpOnLaunch: true }),
  without("vpc-flow-log", "aws:ec2/flowLog:FlowLog"),
  broken("vpc-default-security-group", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {
    ingress: [{ self: true }],
  }),
  broken("instance-metadata-v2", LAUNCH_TEMPLATE, { "metadataOptions.httpTokens": "optional" }),
  broken("cloudfront-waf", DISTRIBUTION, { webAclId: undefined }),
  without("lb-waf", "aws:wafv2/webAclAssociation:WebAclAssociation"),
  broken("waf-managed-rules", WEB_ACL, { rules: [{ name: "rate", statement: { rateBasedStatement: { limit: 1 } } }] }),
  broken("waf-cloudfront-region", WEB_ACL, { region: "us-west-2" }, "static-waf"),
  broken("waf-logging", "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", { redactedFields: [] }),
  broken("cloudfront-origin-access", DISTRIBUTION, { "origins[0].originAccessControlId": "" }),
  broken("lb-drop-invalid-headers", LOAD_BALANCER, { dropInvalidHeaderFields: false }),
  broken("lambda-not-public", "aws:lambda/permission:Permission", { principal: "*" }),

  broken("iam-no-wildcards", "aws:iam/rolePolicy:RolePolicy", { policy: ALLOW_ALL }),
  broken("iam-no-administrator", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
    policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  }),
  broken(
    "iam-irsa-exact-subject",
    types.ROLE,
    {
      assumeRolePolicy: policy({
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/A" },
      }),
    },
    "irsa",
  ),
  broken("eks-api-authentication", CLUSTER, { "accessConfig.authenticationMode": "API_AND_CONFIG_MAP" }),
  broken("rds-iam-authentication", DATABASE, { iamDatabaseAuthenticationEnabled: false }, PRIMARY),
  broken("secret-values-marked", DATABASE, { password: "hunter2-hunter2" }, PRIMARY),
  broken(
    "lambda-no-plain-secrets",
    "aws:lambda/function:Function",
    { "environment.variables.API_KEY": "hunter2-hunter2" },
    "-blue-function",
  ),
  broken("secret-rotation", "aws:secretsmanager/secretRotation:SecretRotation", {
    "rotationRules.automaticallyAfterDays": 365,
  }),

  broken("eks-control-plane-logs", CLUSTER, { enabledClusterLogTypes: ["api"] }),
  broken("cloudtrail-complete", TRAIL, { enableLogFileValidation: false }),
  broken("cloudtrail-every-region", TRAIL, { isMultiRegionTrail: false }, "management"),
  without("cloudtrail-record-access", TRAIL, "trail-us-east-1-records"),
  broken("rds-logs-exported", DATABASE, { enabledCloudwatchLogsExports: [] }, PRIMARY),
  broken("rds-audit-parameters", types.DATABASE_PARAMETERS, { "parameters[0].value": "0" }),
  broken("rds-monitoring", DATABASE, { monitoringInterval: 0 }, PRIMARY),
  broken("log-group-retention", LOG_GROUP, { retentionInDays: 0 }, "", [
    "retention-as-declared",
    "record-logs-within-maximum",
  ]),
  broken("audit-log-retention", LOG_GROUP, { retentionInDays: 90 }, "flow-logs", ["retention-as-declared"]),
  without("s3-access-logs", types.BUCKET_LOGGING, RECORDS),
  broken("lb-access-logs", LOAD_BALANCER, { "accessLogs.enabled": false }),
  broken("cloudfront-access-logs", DISTRIBUTION, { "loggingConfig.includeCookies": true }),
  broken("guardduty-every-region", "aws:guardduty/detector:Detector", { enable: false }),
  without("securityhub-every-region", "aws:securityhub/account:Account"),
  broken("config-every-region", "aws:cfg/recorderStatus:RecorderStatus", { isEnabled: false }),
  broken("audit-bucket-locked", types.BUCKET_LOCK, { rule: undefined }),
  without("topic-has-subscriber", "aws:sns/topicSubscription:TopicSubscription"),

  broken("s3-record-lifecycle", types.BUCKET_LIFECYCLE, { "rules[0].noncurrentVersionExpiration": undefined }, RECORDS),
  broken("retention-as-declared", BUCKET, { 'tags["retention-days"]': "30" }, RECORDS),
  broken(
    "record-logs-within-maximum",
    LOG_GROUP,
    { retentionInDays: 3653, 'tags["retention-days"]': "3653" },
    "slow-log",
  ),
  broken("backup-plan-lifecycle", types.BACKUP_PLAN, { "rules[0].lifecycle.deleteAfter": undefined }),
  broken("access-log-expiry", types.BUCKET_LIFECYCLE, { "rules[0].expiration": undefined }, "logs-us-east-1-access", [
    "retention-as-declared",
  ]),
  broken("rds-backup-retention", DATABASE, { backupRetentionPeriod: 1, 'tags["retention-days"]': "1" }, PRIMARY),
  broken("rds-final-snapshot", DATABASE, { skipFinalSnapshot: true }, PRIMARY),
  broken("object-lock-within-maximum", types.BUCKET_LOCK, { "rule.defaultRetention.days": 4000 }),

  broken("residency-region", BUCKET, { "tags.residency": "EU" }, RECORDS),
  broken(
    "residency-database-replicas",
    DATABASE,
    { region: "eu-west-1", kmsKeyId: "arn:aws:kms:eu-west-1:1:key/x" },
    RECOVERY,
    ["residency-region", "rds-recovery-replica"],
  ),
  broken("residency-bucket-replication", BUCKET, { region: "eu-west-1" }, "::records-us-west-2-private", [
    "residency-region",
    "residency-log-destinations",
  ]),
  broken("residency-backup-copies", types.BACKUP_PLAN, {
    "rules[0].copyActions[0].destinationVaultArn": "arn:aws:backup:sa-east-1:123456789012:backup-vault:x",
  }),
  broken("residency-secret-replicas", SECRET, { replicas: [{ region: "sa-east-1" }] }),
  broken("residency-log-destinations", BUCKET, { region: "eu-west-1" }, "::logs-us-west-2-access", [
    "residency-region",
  ]),
  broken("data-store-tags", BUCKET, { 'tags["legal-basis"]': undefined }, RECORDS),

  broken("rds-multi-az", DATABASE, { multiAz: false }, PRIMARY),
  broken("elasticache-multi-az", CACHE, { numCacheClusters: 1 }),
  broken("deletion-protection", CLUSTER, { deletionProtection: false }),
  without("backup-covers-database", types.BACKUP_SELECTION),
  broken("backup-copied-elsewhere", types.BACKUP_PLAN, { "rules[0].copyActions": [] }),
  without("backup-vault-locked", types.VAULT_LOCK),
  broken("rds-recovery-replica", DATABASE, { instanceClass: "db.r6g.large" }, RECOVERY),
  broken("s3-versioning", types.BUCKET_VERSIONING, { "versioningConfiguration.status": "Suspended" }, RECORDS),
  broken("s3-records-replicated", types.BUCKET_REPLICATION, { "rules[0].status": "Disabled" }),
  broken("target-group-health-check", TARGET_GROUP, { "healthCheck.interval": 300 }, "-blue-api"),
  broken("nodes-in-three-zones", types.SUBNET, { availabilityZone: "us-east-1a" }, "network-us-east-1-private-b"),
  without("nat-in-every-zone", "aws:ec2/natGateway:NatGateway"),
  broken("node-group-update", NODE_GROUP, { updateConfig: undefined }),
  broken("capacity-survives-region", NODE_GROUP, { "scalingConfig.maxSize": 1 }, "cluster-us-west-2-general"),

  broken("eks-supported-version", CLUSTER, { version: "1.30" }),
  broken("rds-supported-version", DATABASE, { engineVersion: "15.4" }, PRIMARY),
  broken("elasticache-supported-version", CACHE, { engine: "redis", engineVersion: "5.0.6" }),
  broken("lambda-supported-runtime", "aws:lambda/function:Function", { runtime: "nodejs18.x" }, "rotation-function"),
  broken("versions-ending-soon", CLUSTER, { version: "1.34" }),
  broken("extended-support-off", CLUSTER, { "upgradePolicy.supportType": "EXTENDED" }),

  broken(
    "weights-add-up",
    LISTENER_RULE,
    { "actions[0].forward.targetGroups[0].weight": 63 },
    "::router-us-east-1-api",
  ),
  broken(
    "weights-without-stickiness",
    LISTENER_RULE,
    { "actions[0].forward.stickiness": { enabled: true, duration: 60 } },
    "::router-us-east-1-api",
  ),
  broken(
    "rollback-target-kept",
    LISTENER_RULE,
    { "actions[0].forward.targetGroups": [{ arn: "arn:green", weight: 100 }] },
    "::router-us-east-1-api",
  ),
  broken("budget-exists", "aws:budgets/budget:Budget", { notifications: [] }),
  without("cost-anomaly-monitor", "aws:costexplorer/anomalySubscription:AnomalySubscription"),
  broken("cost-student-day", DATABASE, { allocatedStorage: 100_000_000 }, PRIMARY, ["cost-within-budget"]),
  broken("cost-within-budget", "aws:budgets/budget:Budget", { limitAmount: "80000" }),
];

const tags = RECORD_TAGS;
const protectedBy = { protect: true, ...inRegion("us-east-1") };
const volume = draft("aws:ebs/volume:Volume", { encrypted: true });
const files = draft("aws:efs/fileSystem:FileSystem", { encrypted: true });
const table = draft(
  types.TABLE,
  {
    serverSideEncryption: { enabled: true, kmsKeyArn: "x" },
    deletionProtectionEnabled: true,
    replicas: [{ regionName: "us-west-2" }],
    tags,
  },
  protectedBy,
);
const queue = draft("aws:sqs/queue:Queue", { sqsManagedSseEnabled: true });
const server = draft(
  DISTRIBUTION,
  {
    webAclId: "arn:acl",
    loggingConfig: { bucket: "logs" },
    viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2021" },
    defaultCacheBehavior: { viewerProtocolPolicy: "https-only" },
    origins: [{ customOriginConfig: { originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] } }],
  },
  {},
);
const replicaKey = draft(
  "aws:kms/replicaKey:ReplicaKey",
  { primaryKeyArn: "arn:aws:kms:us-west-2:1:key/x" },
  inRegion("us-east-1"),
);
const cache = (name: string, region: string) =>
  draft(
    CACHE,
    {
      globalReplicationGroupId: "global-1",
      kmsKeyId: `arn:aws:kms:${region}:1:key/x`,
      transitEncryptionEnabled: true,
      userGroupIds: ["users"],
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      numCacheClusters: 2,
      engine: "valkey",
      engineVersion: "8.1",
      vpcSecurityGroupIds: ["sg-1"],
      tags,
    },
    { name, id: name, protect: true, ...inRegion(region) },
  );
const caches = [
  cache("secondary", "us-west-2"),
  cache("primary", "us-east-1"),
  draft(
    "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
    { primaryReplicationGroupId: "primary" },
    { name: "global", id: "global-1" },
  ),
  draft(types.SECURITY_GROUP, {}, { name: "group", id: "sg-1" }),
];
const check = draft(
  types.HEALTH_CHECK,
  { type: "HTTPS", resourcePath: "/ready", requestInterval: 10, failureThreshold: 3 },
  { name: "check", id: "check-1" },
);
const record = (kind: string, region: string) =>
  draft(
    types.RECORD,
    {
      name: "a.example.com",
      type: "CNAME",
      ttl: 30,
      records: [`lb.${region}.elb.amazonaws.com`],
      healthCheckId: "check-1",
      failoverRoutingPolicies: [{ type: kind }],
    },
    { name: kind },
  );
const names = [record("PRIMARY", "us-east-1"), record("SECONDARY", "us-west-2"), check];

/** Mutations of what production does not have. */
const inFixtures: Mutation[] = [
  mutate("ebs-volume-encrypted", [volume], volume, { encrypted: false }),
  mutate("efs-encrypted", [files], files, { encrypted: false }),
  mutate("dynamodb-customer-key", [table], table, { "serverSideEncryption.kmsKeyArn": undefined }),
  mutate("residency-table-replicas", [table], table, { "replicas[0].regionName": "eu-west-1" }),
  mutate("sqs-queue-encrypted", [queue], queue, { sqsManagedSseEnabled: false }),
  mutate("cloudfront-origin-tls", [server], server, {
    "origins[0].customOriginConfig.originProtocolPolicy": "http-only",
  }),
  mutate("residency-key-replicas", [replicaKey], replicaKey, { primaryKeyArn: "arn:aws:kms:eu-west-1:1:key/x" }),
  mutate("residency-cache-global", caches, caches[0]!, { region: "eu-west-1" }, ["residency-region"]),
  mutate("route53-health-check", names, check, { type: "HTTP" }),
  mutate("route53-failover-pair", names, names[1]!),
  mutate("route53-recovery-time", names, names[0]!, { ttl: 60 }),
  mutate("residency-dns-failover", names, names[1]!, { records: ["lb.eu-west-1.elb.amazonaws.com"] }),
];

/** One mutation at least for every rule on AWS, traffic, versions and cost. */
export const awsMutations: readonly Mutation[] = [...inProduction, ...inFixtures];
