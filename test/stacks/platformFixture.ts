import { awsPlatformContract, type AwsPlatformOutputs } from "../../stacks/contract/platform/aws";

const REGIONS = {
  "us-east-1": ["US", "primary", 40],
  "us-west-2": ["US", "secondary", 30],
  "eu-west-1": ["EU", "regional", 20],
  "ap-southeast-1": ["APAC", "regional", 10],
  "eu-central-1": ["EU", "recovery", 0],
  "ap-southeast-2": ["APAC", "recovery", 0],
} as const;

const ACCOUNT = "123456789012";

/** The outputs of a platform with the production's regions. It keeps the contract. */
export function platformFixture(nodes = { cpu: 185, memoryGiB: 670, gpus: 10 }): AwsPlatformOutputs {
  return awsPlatformContract.parse({
    facts: {
      cloud: "aws",
      name: "pathfinity",
      environment: "production",
      owner: "platform",
      account: ACCOUNT,
      primaryRegion: "us-east-1",
      hosts: { zone: "pathfinity.com", app: "app.pathfinity.com", static: "static.pathfinity.com" },
      edgeHealthPath: "/health/ready",
      podPorts: [8080],
    },
    assets: { bucket: "assets", distributionId: "E2EXAMPLE" },
    zone: { nameServers: ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"] },
    jurisdictions: {
      US: jurisdiction(["us-east-1", "us-west-2"]),
      EU: jurisdiction(["eu-west-1", "eu-central-1"]),
      APAC: jurisdiction(["ap-southeast-1", "ap-southeast-2"]),
    },
    regions: Object.fromEntries(
      Object.entries(REGIONS).map(([region, [area, role, share]], index) => [
        region,
        regionOutputs(region, index, {
          jurisdiction: area,
          role,
          share,
          zones: ["a", "b", "c"].map((zone) => region + zone),
          nodes,
        }),
      ]),
    ),
  } satisfies Record<keyof AwsPlatformOutputs, unknown>);
}

function jurisdiction(regions: [string, string]) {
  const [primaryRegion] = regions;
  return {
    facts: { regions, primaryRegion },
    database: {
      identifier: `database-${primaryRegion}`,
      arn: `arn:aws:rds:${primaryRegion}:${ACCOUNT}:db:database-${primaryRegion}`,
      resourceId: `db-${primaryRegion.toUpperCase()}`,
      endpoint: `database.${primaryRegion}.rds.amazonaws.com`,
      port: 5432,
      name: "pathfinity",
      user: "application",
      adminSecretArn: `arn:aws:secretsmanager:${primaryRegion}:${ACCOUNT}:secret:admin-AbCdEf`,
      replicas: {},
    },
  };
}

function regionOutputs(region: string, index: number, facts: unknown) {
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`;
  return {
    facts,
    network: {
      vpcId: `vpc-${region}`,
      cidr: `10.${index}.0.0/16`,
      privateSubnetIds: [`subnet-${region}`],
      databaseCidrs: [`10.${index}.200.0/24`, `10.${index}.201.0/24`],
      natAddresses: [`198.51.100.${index}`],
    },
    cluster: {
      name: `cluster-${region}`,
      arn: arn("eks", `cluster/cluster-${region}`),
      endpoint: `https://${region}.eks.example.com`,
      certificateAuthority: "Q0E=",
      oidcProviderArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.${region}.amazonaws.com/id/EXAMPLE`,
      oidcIssuer: `oidc.eks.${region}.amazonaws.com/id/EXAMPLE`,
    },
    cache: {
      endpoint: `cache.${region}.amazonaws.com`,
      port: 6379,
      replicationGroupArn: arn("elasticache", "replicationgroup:cache"),
      userArn: arn("elasticache", "user:application"),
      userName: "application",
    },
    storage: {
      recordsBucket: `records-${region}`,
      recordsBucketArn: `arn:aws:s3:::records-${region}`,
      keyArn: arn("kms", "key/records"),
    },
    entry: {
      loadBalancerArn: arn("elasticloadbalancing", "loadbalancer/app/entry/1"),
      loadBalancerArnSuffix: "app/entry/1",
      dnsName: `entry.${region}.elb.amazonaws.com`,
      securityGroupId: `sg-${region}`,
      certificateArn: arn("acm", "certificate/1"),
    },
    secrets: {
      "session-signing": arn("secretsmanager", "secret:session-signing-AbCdEf"),
      "lti-platform": arn("secretsmanager", "secret:lti-platform-AbCdEf"),
    },
    ai: {
      endpoint: "https://ai.openai.azure.com/",
      clientId: "client",
      tenantId: "tenant",
      deployments: ["chat", "embeddings"],
    },
    alarms: [],
    dashboard: region,
  };
}

/** A platform of one jurisdiction only, the EU: a serving and a recovery region. What holds for one holds for the others. */
export function smallPlatform(): AwsPlatformOutputs {
  const whole = platformFixture();
  return {
    ...whole,
    jurisdictions: { EU: whole.jurisdictions["EU"]! },
    regions: { "eu-west-1": whole.regions["eu-west-1"]!, "eu-central-1": whole.regions["eu-central-1"]! },
  };
}
