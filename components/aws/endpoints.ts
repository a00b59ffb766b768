import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import * as vpc from "@pulumi/aws/vpc";

const TOKEN = "cutover:aws:Endpoints";

export interface EndpointsArgs {
  region: string;
  account: string;
  vpcId: pulumi.Input<string>;
  /** Services that get an interface endpoint, such as `ecr.api`. */
  services: readonly string[];
  /** One subnet in each zone, for the interfaces. */
  subnetIds: pulumi.Input<string>[];
  /** Route tables that send requests to S3 through the gateway endpoint. */
  routeTableIds: pulumi.Input<string>[];
  /** Range whose hosts use the interfaces. */
  clientCidr: string;
}

/**
 * The private ways from a network to AWS: a gateway endpoint for S3, and interface endpoints for other services under
 * their usual names. What goes this way needs no NAT gateway and no internet.
 *
 * Cost: about 22 dollars a month for each service in three zones; S3 is free.
 */
export class Endpoints extends pulumi.ComponentResource {
  /** Security group of the interfaces. */
  public readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: EndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    new ec2.VpcEndpoint(
      `${name}-s3`,
      {
        vpcId: args.vpcId,
        vpcEndpointType: "Gateway",
        serviceName: `com.amazonaws.${args.region}.s3`,
        routeTableIds: args.routeTableIds,
        policy: s3Policy(args.region, args.account),
        tags: { Name: `${name}-s3` },
      },
      { parent: this },
    );

    // Interfaces answer and never ask, so that the group has no egress rule.
    const group = new ec2.SecurityGroup(
      `${name}-group`,
      {
        vpcId: args.vpcId,
        description: "Interface endpoints of AWS services.",
        tags: { Name: `${name}-group` },
      },
      { parent: this },
    );
    new vpc.SecurityGroupIngressRule(
      `${name}-https`,
      {
        securityGroupId: group.id,
        description: "HTTPS from nodes and pods.",
        cidrIpv4: args.clientCidr,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      },
      { parent: this },
    );
    for (const service of args.services) {
      const role = `${name}-${service.replaceAll(".", "-")}`;
      new ec2.VpcEndpoint(
        role,
        {
          vpcId: args.vpcId,
          vpcEndpointType: "Interface",
          serviceName: `com.amazonaws.${args.region}.${service}`,
          privateDnsEnabled: true,
          subnetIds: args.subnetIds,
          securityGroupIds: [group.id],
          tags: { Name: role },
        },
        { parent: this },
      );
    }

    this.securityGroupId = group.id;
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }
}

/**
 * Buckets of this account, for this account's principals; and reading from the buckets that nodes start from. Data
 * cannot leave through the endpoint to somebody else's bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
 */
function s3Policy(region: string, account: string): pulumi.Output<string> {
  const read = [
    // Layers of images in ECR.
    `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
    // Packages of Amazon Linux 2023.
    `arn:aws:s3:::al2023-repos-${region}-*/*`,
    // Layers of registry.k8s.io, which sends clients in AWS to the bucket of their region.
    `arn:aws:s3:::prod-registry-k8s-io-${region}/*`,
    // Layers of quay.io (Prometheus), which sends clients in us-east-1 to its bucket there.
    "arn:aws:s3:::quayio-production-s3/*",
  ];
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OwnBuckets",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": account, "aws:ResourceAccount": account } },
      },
      { Sid: "NodeImages", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: read },
    ],
  });
}
