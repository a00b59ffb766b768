import * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { EntryConfig } from "../../stacks/config/entry";
import { JURISDICTION_HEADER, ORIGIN_HEADER } from "../internal/headers";
import { WebAcl } from "./webAcl";

const TOKEN = "cutover:aws:Entry";

/** 443 for requests; 80 answers with a redirect to it. */
const PUBLIC_PORTS = { https: 443, http: 80 } as const;
/** A list that AWS keeps takes up 55 of the 60 rules of a security group, so one port is all that it can have. */
const LISTED_PORTS = { https: 443 } as const;

export interface EntryArgs {
  /** Name of the deployment. */
  deployment: string;
  environment: string;
  region: string;
  account: string;
  /** The legal area of the region: requests of users of another one are refused. */
  jurisdiction: string;
  vpcId: pulumi.Input<string>;
  publicSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security group that EKS puts on the nodes and pods of the cluster. */
  clusterSecurityGroupId: pulumi.Input<string>;
  config: EntryConfig;
  /** Bucket of the access logs; its policy lets Elastic Load Balancing write, and it is encrypted with SSE-S3. */
  logBucket: pulumi.Input<string>;
  /** Key of the firewall's log group. */
  logKeyArn: pulumi.Input<string>;
  /** What a request proves with that it came through the edge. Secret. */
  originSecret: pulumi.Input<string>;
  /** Header in which the edge passes on the user's address. @default - none: the edge counts addresses itself */
  clientAddressHeader?: string;
  /** Tags of the firewall's log: owner, residency. */
  tags: Record<string, string>;
}

/**
 * Where requests enter a region: an internet-facing load balancer that only the edge can reach, and only with the
 * edge's secret and for users of the region's jurisdiction. Creates the load balancer, its security group, where AWS keeps
 * none a prefix list of the edge's ranges, and the web ACL. Listeners, rules and target groups belong to the traffic layer.
 *
 * Failure: its DNS name is what the edge sends requests to, so it is protected against deletion.
 *
 * @stateful
 */
export class Entry extends pulumi.ComponentResource {
  public readonly loadBalancerArn: pulumi.Output<string>;
  /** The form that CloudWatch's LoadBalancer dimension takes. */
  public readonly loadBalancerArnSuffix: pulumi.Output<string>;
  public readonly dnsName: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  public readonly webAclArn: pulumi.Output<string>;

  constructor(name: string, args: EntryArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const group = this.securityGroup(name, args);
    const balancer = new lb.LoadBalancer(
      // Short: autonaming adds 8 characters, and a load balancer's name has 32 at most.
      `${name}-alb`,
      {
        loadBalancerType: "application",
        internal: false,
        ipAddressType: "ipv4",
        subnets: args.publicSubnetIds,
        securityGroups: [group.id],
        idleTimeout: args.config.idleTimeoutSeconds,
        enableHttp2: true,
        preserveHostHeader: true,
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        enableDeletionProtection: true,
        accessLogs: { enabled: true, bucket: args.logBucket, prefix: args.region },
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    const acl = new WebAcl(
      `${name}-waf`,
      {
        scope: "REGIONAL",
        config: args.config.webAcl,
        requiredHeaders: {
          [ORIGIN_HEADER]: pulumi.secret(args.originSecret),
          [JURISDICTION_HEADER]: args.jurisdiction,
        },
        clientAddressHeader: args.clientAddressHeader,
        resourceArn: balancer.arn,
        region: args.region,
        account: args.account,
        logGroupName: `aws-waf-logs-${args.deployment}-${args.environment}-${args.region}`,
        logKeyArn: args.logKeyArn,
        tags: args.tags,
      },
      { parent: this },
    );

    this.loadBalancerArn = balancer.arn;
    this.loadBalancerArnSuffix = balancer.arnSuffix;
    this.dnsName = balancer.dnsName;
    this.securityGroupId = group.id;
    this.webAclArn = acl.arn;
    this.registerOutputs({
      loadBalancerArn: this.loadBalancerArn,
      loadBalancerArnSuffix: this.loadBalancerArnSuffix,
      dnsName: this.dnsName,
      securityGroupId: this.securityGroupId,
      webAclArn: this.webAclArn,
    });
  }

  /** In from the edge's ranges only, out to the pods' ports only. */
  private securityGroup(name: string, args: EntryArgs): ec2.SecurityGroup {
    const { prefixListId, ports } = this.edgeAddresses(name, args);
    const group = new ec2.SecurityGroup(
      `${name}-security-group`,
      { vpcId: args.vpcId, description: "Load balancer: in from the edge, out to the pods." },
      { parent: this },
    );
    for (const [role, port] of Object.entries(ports)) {
      new vpc.SecurityGroupIngressRule(
        `${name}-in-${role}`,
        {
          securityGroupId: group.id,
          description: `${role} from the edge.`,
          prefixListId,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
        },
        { parent: this },
      );
    }
    for (const port of args.config.podPorts) {
      const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port };
      new vpc.SecurityGroupEgressRule(
        `${name}-out-${port}`,
        {
          securityGroupId: group.id,
          description: "To the pods.",
          referencedSecurityGroupId: args.clusterSecurityGroupId,
          ...tcp,
        },
        { parent: this },
      );
      new vpc.SecurityGroupIngressRule(
        `${name}-pods-${port}`,
        {
          securityGroupId: args.clusterSecurityGroupId,
          description: "From the load balancer.",
          referencedSecurityGroupId: group.id,
          ...tcp,
        },
        { parent: this },
      );
    }
    return group;
  }

  /** The addresses that the edge comes from, and the ports that they may reach. */
  private edgeAddresses(name: string, { config, region }: EntryArgs) {
    const listed = config.edgePrefixLists?.[region];
    if (listed !== undefined) {
      return { prefixListId: listed, ports: LISTED_PORTS };
    }
    const { edgeRanges = [] } = config;
    const ranges = new ec2.ManagedPrefixList(
      `${name}-edge-ranges`,
      {
        addressFamily: "IPv4",
        // Each entry counts as a rule of the security group for each port: a list of 15 makes 30 of 60 rules.
        maxEntries: edgeRanges.length,
        entries: edgeRanges.map((cidr) => ({ cidr, description: "Cloudflare" })),
      },
      { parent: this },
    );
    return { prefixListId: ranges.id, ports: PUBLIC_PORTS };
  }
}
