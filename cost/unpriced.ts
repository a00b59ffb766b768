/** What costs nothing, and what is not priced: declared, so that nothing is left out in silence. */

/** Types that cost nothing of themselves, with the reason. */
export const FREE: readonly { why: string; types: readonly string[] }[] = [
  {
    why: "IAM is free",
    types: [
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
      "aws:iam/role:Role",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "aws:eks/accessEntry:AccessEntry",
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      "aws:elasticache/user:User",
      "aws:elasticache/userGroup:UserGroup",
    ],
  },
  {
    why: "networks, their routes and their rules are free; what they carry is priced where it leaves",
    types: [
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
      "aws:ec2/internetGateway:InternetGateway",
      "aws:ec2/managedPrefixList:ManagedPrefixList",
      "aws:ec2/networkAcl:NetworkAcl",
      "aws:ec2/route:Route",
      "aws:ec2/routeTable:RouteTable",
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      "aws:ec2/securityGroup:SecurityGroup",
      "aws:ec2/subnet:Subnet",
      "aws:ec2/vpc:Vpc",
      "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ],
  },
  {
    why: "a setting of something that is priced itself",
    types: [
      "aws:backup/selection:Selection",
      "aws:backup/vault:Vault",
      "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
      "aws:cfg/deliveryChannel:DeliveryChannel",
      "aws:cfg/recorderStatus:RecorderStatus",
      "aws:cloudfront/cachePolicy:CachePolicy",
      "aws:cloudfront/originAccessControl:OriginAccessControl",
      "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
      "aws:cloudwatch/logDelivery:LogDelivery",
      "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
      "aws:cloudwatch/logDeliverySource:LogDeliverySource",
      "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
      "aws:ec2/launchTemplate:LaunchTemplate",
      "aws:eks/addon:Addon",
      "aws:elasticache/parameterGroup:ParameterGroup",
      "aws:elasticache/subnetGroup:SubnetGroup",
      "aws:kms/alias:Alias",
      "aws:lambda/invocation:Invocation",
      "aws:lambda/permission:Permission",
      "aws:lb/listener:Listener",
      "aws:lb/listenerRule:ListenerRule",
      "aws:lb/targetGroup:TargetGroup",
      "aws:lb/targetGroupAttachment:TargetGroupAttachment",
      "aws:rds/parameterGroup:ParameterGroup",
      "aws:rds/subnetGroup:SubnetGroup",
      "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "aws:s3/bucketLogging:BucketLogging",
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "aws:s3/bucketVersioning:BucketVersioning",
      "aws:secretsmanager/secretPolicy:SecretPolicy",
      "aws:secretsmanager/secretRotation:SecretRotation",
      "aws:secretsmanager/secretVersion:SecretVersion",
      "aws:securityhub/standardsSubscription:StandardsSubscription",
      "aws:sns/topicPolicy:TopicPolicy",
      "aws:sns/topicSubscription:TopicSubscription",
      "aws:wafv2/webAclAssociation:WebAclAssociation",
      "azure-native:cognitiveservices:Account",
      "azure-native:monitor:DiagnosticSetting",
    ],
  },
  {
    why: "free: public certificates, the first two budgets, anomaly detection, mail of alarms",
    types: [
      "aws:acm/certificate:Certificate",
      "aws:acm/certificateValidation:CertificateValidation",
      "aws:budgets/budget:Budget",
      "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
      "aws:costexplorer/anomalySubscription:AnomalySubscription",
      "aws:sns/topic:Topic",
    ],
  },
  {
    why: "priced by what is written to it, with what writes: the cluster, the flow log, the firewall's log",
    types: ["aws:cloudwatch/logGroup:LogGroup"],
  },
  {
    why: "Azure's access control and resource groups are free",
    types: [
      "azure-native:authorization:ManagementLockByScope",
      "azure-native:authorization:RoleAssignment",
      "azure-native:managedidentity:FederatedIdentityCredential",
      "azure-native:managedidentity:UserAssignedIdentity",
      "azure-native:resources:ResourceGroup",
    ],
  },
  {
    why: "lives in a cluster, whose nodes are priced",
    types: [
      "kubernetes:apps/v1:Deployment",
      "kubernetes:apps/v1:StatefulSet",
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
      "kubernetes:batch/v1:CronJob",
      "kubernetes:batch/v1:Job",
      "kubernetes:core/v1:ConfigMap",
      "kubernetes:core/v1:Namespace",
      "kubernetes:core/v1:ServiceAccount",
      "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
      "kubernetes:external-secrets.io/v1:ExternalSecret",
      "kubernetes:external-secrets.io/v1:SecretStore",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      "kubernetes:policy/v1:PodDisruptionBudget",
      "kubernetes:storage.k8s.io/v1:StorageClass",
    ],
  },
  { why: "reads what another stack says", types: ["pulumi:pulumi:StackReference"] },
];

/** The reason why a type costs nothing, by type. */
export const FREE_TYPES: ReadonlyMap<string, string> = new Map(
  FREE.flatMap(({ why, types }) => types.map((type) => [type, why] as const)),
);

const CONTRACT = "Cloudflare Enterprise is priced by contract: there is no list price";

/** Types that cost something and have no price here, with the reason. */
export const NO_PRICE: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "dnsRecord:DnsRecord",
    "loadBalancer:LoadBalancer",
    "loadBalancerMonitor:LoadBalancerMonitor",
    "loadBalancerPool:LoadBalancerPool",
    "ruleset:Ruleset",
    "zone:Zone",
    "zoneDnssec:ZoneDnssec",
    "zoneSetting:ZoneSetting",
  ].map((type) => [`cloudflare:index/${type}`, CONTRACT]),
);

/** What a priced type may cost besides: meters that have no price here, or no input. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  "aws:eks/nodeGroup:NodeGroup":
    "besides nodes and volumes: CPU credits of burstable nodes that run above their baseline",
  "aws:s3/bucket:Bucket": "besides education records: what lies in the buckets of logs, history and assets",
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": "besides storage and transfer: replication time control",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "besides hours: data that interface endpoints process",
  "aws:elasticache/replicationGroup:ReplicationGroup": "besides nodes: snapshots above the free one",
  "aws:guardduty/detectorFeature:DetectorFeature":
    "besides S3 and RDS: EKS audit logs, Lambda network logs and malware scans have no price with a source",
  "aws:kms/key:Key": "besides keys: requests, and the two versions of a rotated key that are charged",
  "aws:lambda/function:Function": "besides answers: functions that rotate secrets, a few times a month",
  "aws:rds/instance:Instance": "besides hours, storage and backups: enhanced monitoring's logs, and RDS's own logs",
};
