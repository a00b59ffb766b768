/** Type tokens that several rules look at, without `V2` suffixes. */
export const STACK = "pulumi:pulumi:Stack";

export const BUCKET = "aws:s3/bucket:Bucket";
export const BUCKET_ENCRYPTION =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
export const BUCKET_LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
export const BUCKET_LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
export const BUCKET_LOGGING = "aws:s3/bucketLogging:BucketLogging";
export const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
export const BUCKET_PUBLIC_ACCESS = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const BUCKET_REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
export const BUCKET_VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

export const DATABASE = "aws:rds/instance:Instance";
export const DATABASE_CLUSTER = "aws:rds/cluster:Cluster";
export const DATABASE_PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";
export const DATABASE_SUBNETS = "aws:rds/subnetGroup:SubnetGroup";
export const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
export const CACHE_SUBNETS = "aws:elasticache/subnetGroup:SubnetGroup";
export const TABLE = "aws:dynamodb/table:Table";
export const SECRET = "aws:secretsmanager/secret:Secret";
export const KEY = "aws:kms/key:Key";

export const BACKUP_PLAN = "aws:backup/plan:Plan";
export const BACKUP_SELECTION = "aws:backup/selection:Selection";
export const VAULT = "aws:backup/vault:Vault";
export const VAULT_LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";

export const CLUSTER = "aws:eks/cluster:Cluster";
export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
export const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
/** The older form of a rule, which has its direction in `type`. */
export const SECURITY_GROUP_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";

export const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const LISTENER = "aws:lb/listener:Listener";
export const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";
export const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
export const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
export const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

export const TRAIL = "aws:cloudtrail/trail:Trail";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

export const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";
export const RECORD = "aws:route53/record:Record";

export const ROLE = "aws:iam/role:Role";
/** Everything that holds a policy of IAM in `policy`. */
export const IAM_POLICY =
  /^aws:iam\/(policy:Policy|rolePolicy:RolePolicy|userPolicy:UserPolicy|groupPolicy:GroupPolicy)$/;
