import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { NetworkConfig } from "../../stacks/config/network";
import { addressPlan, TIERS, type AddressPlan, type Tier } from "./addressPlan";
import { Endpoints } from "./endpoints";
import { FlowLogs } from "./flowLogs";
import { networkRules } from "./networkRules";

const TOKEN = "cutover:aws:Network";

export interface NetworkArgs {
  /** AWS region of the network. */
  region: string;
  /** AWS account that owns it. */
  account: string;
  /** Range of the VPC, /16 to /20. */
  cidr: string;
  /** Availability zones, 1 to 4. Their order decides the subnets' ranges: add at the end. */
  zones: readonly string[];
  /**
   * Ranges of the jurisdiction's other regions, by region: their workloads reach this region's database.
   *
   * @default - none
   */
  peers?: Readonly<Record<string, string>>;
  config: NetworkConfig;
  /** Key of the flow logs; its policy lets CloudWatch Logs use it (`logsGrant`). */
  logKeyArn: pulumi.Input<string>;
  /** Tags of the flow logs: owner, residency. */
  tags: Record<string, string>;
}

/**
 * The network of a region: a VPC, and in each zone a public subnet (load balancers, NAT), a private one (nodes and
 * pods) and a database one, which has no route to the internet. Each subnet has its own route table, so that a wrong
 * route stays in one zone; each zone its own NAT gateway, so that a zone's failure stays in it.
 *
 * Cost: about 33 dollars a month for each zone's NAT gateway and 22 for each interface endpoint, besides traffic.
 * Failure: NAT addresses are what peers outside AWS allow; replacing an address cuts off their services.
 */
export class Network extends pulumi.ComponentResource {
  public readonly vpcId: pulumi.Output<string>;
  /** In the order of the zones, as are the others. */
  public readonly publicSubnetIds: pulumi.Output<string[]>;
  /** Each id is handed out when its subnet reaches the internet, so that a node that starts there can join. */
  public readonly privateSubnetIds: pulumi.Output<string[]>;
  public readonly databaseSubnetIds: pulumi.Output<string[]>;
  /** Ranges of the database subnets. */
  public readonly databaseCidrs: string[];
  /** Route tables of the private and the database subnets: those that reach, and are reached from, other regions. */
  public readonly peeredRouteTableIds: pulumi.Output<string>[];
  /** Public addresses that requests to the internet come from. */
  public readonly natAddresses: pulumi.Output<string[]>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const plan = addressPlan(args.cidr, args.zones);
    const vpc = new ec2.Vpc(
      `${name}-vpc`,
      { cidrBlock: args.cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: name } },
      { parent: this },
    );
    // The group that AWS makes with the VPC: with no rules, what is put in it by mistake reaches nothing.
    new ec2.DefaultSecurityGroup(
      `${name}-default`,
      { vpcId: vpc.id, tags: { Name: `${name}-default` } },
      { parent: this },
    );
    const gateway = new ec2.InternetGateway(
      `${name}-internet`,
      { vpcId: vpc.id, tags: { Name: name } },
      { parent: this },
    );

    const zones = plan.zones.map((zone) => this.zone(name, vpc, gateway, zone));
    for (const tier of TIERS) {
      this.acl(name, tier, vpc, zones, args, plan);
    }
    new FlowLogs(
      `${name}-flow`,
      {
        vpcId: vpc.id,
        account: args.account,
        region: args.region,
        config: args.config.flowLogs,
        logKeyArn: args.logKeyArn,
        tags: args.tags,
      },
      { parent: this },
    );
    new Endpoints(
      `${name}-endpoint`,
      {
        region: args.region,
        account: args.account,
        vpcId: vpc.id,
        services: args.config.interfaceEndpoints,
        subnetIds: zones.map((zone) => zone.subnets.private.id),
        routeTableIds: zones.map((zone) => zone.routeTables.private.id),
        clientCidr: plan.tiers.private,
      },
      { parent: this },
    );

    this.vpcId = vpc.id;
    this.publicSubnetIds = pulumi.output(zones.map((zone) => zone.ids.public));
    this.privateSubnetIds = pulumi.output(zones.map((zone) => zone.ids.private));
    this.databaseSubnetIds = pulumi.output(zones.map((zone) => zone.ids.database));
    this.databaseCidrs = plan.zones.map((zone) => zone.database);
    this.peeredRouteTableIds = zones.flatMap((zone) => [zone.routeTables.private.id, zone.routeTables.database.id]);
    this.natAddresses = pulumi.output(zones.map((zone) => zone.natAddress));
    this.registerOutputs({
      vpcId: this.vpcId,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      databaseSubnetIds: this.databaseSubnetIds,
      databaseCidrs: this.databaseCidrs,
      natAddresses: this.natAddresses,
    });
  }

  /** One zone: a subnet and a route table for each tier, and the zone's own way out. */
  private zone(name: string, vpc: ec2.Vpc, gateway: ec2.InternetGateway, plan: AddressPlan["zones"][number]) {
    const suffix = plan.zone.slice(-1);
    const subnets = byTier((tier) => this.subnet(`${name}-${tier}-${suffix}`, tier, vpc, plan));
    const routeTables = byTier((tier) => {
      const role = `${name}-${tier}-routes-${suffix}`;
      return new ec2.RouteTable(role, { vpcId: vpc.id, tags: { Name: role } }, { parent: this });
    });
    const associations = byTier(
      (tier) =>
        new ec2.RouteTableAssociation(
          `${name}-${tier}-association-${suffix}`,
          { subnetId: subnets[tier].id, routeTableId: routeTables[tier].id },
          { parent: this },
        ),
    );

    const address = new ec2.Eip(
      `${name}-nat-address-${suffix}`,
      { domain: "vpc", tags: { Name: `${name}-nat-${suffix}` } },
      { parent: this, dependsOn: [gateway] },
    );
    const nat = new ec2.NatGateway(
      `${name}-nat-${suffix}`,
      { allocationId: address.id, subnetId: subnets.public.id, tags: { Name: `${name}-nat-${suffix}` } },
      { parent: this, dependsOn: [gateway] },
    );
    const routes = {
      public: new ec2.Route(
        `${name}-public-route-${suffix}`,
        { routeTableId: routeTables.public.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
        { parent: this },
      ),
      private: new ec2.Route(
        `${name}-private-route-${suffix}`,
        { routeTableId: routeTables.private.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id },
        { parent: this },
      ),
    };

    return {
      subnets,
      routeTables,
      natAddress: address.publicIp,
      ids: {
        public: after(subnets.public.id, [associations.public.id, routes.public.id]),
        private: after(subnets.private.id, [associations.private.id, routes.private.id]),
        database: after(subnets.database.id, [associations.database.id]),
      },
    };
  }

  private subnet(subnetName: string, tier: Tier, vpc: ec2.Vpc, plan: AddressPlan["zones"][number]): ec2.Subnet {
    return new ec2.Subnet(
      subnetName,
      {
        vpcId: vpc.id,
        availabilityZone: plan.zone,
        cidrBlock: plan[tier],
        mapPublicIpOnLaunch: false,
        tags: { Name: subnetName, ...CLUSTER_TAGS[tier] },
      },
      { parent: this },
    );
  }

  private acl(
    name: string,
    tier: Tier,
    vpc: ec2.Vpc,
    zones: readonly { subnets: Record<Tier, ec2.Subnet> }[],
    args: NetworkArgs,
    plan: AddressPlan,
  ): void {
    const rules = networkRules({
      cidr: args.cidr,
      tiers: plan.tiers,
      operatorRanges: args.config.operatorRanges,
      peerRanges: Object.values(args.peers ?? {}),
    });
    new ec2.NetworkAcl(
      `${name}-${tier}-acl`,
      {
        vpcId: vpc.id,
        subnetIds: zones.map((zone) => zone.subnets[tier].id),
        ...rules[tier],
        tags: { Name: `${name}-${tier}` },
      },
      { parent: this },
    );
  }
}

/**
 * How the AWS load balancer controller finds the subnets of internet-facing and of internal load balancers.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
 */
const CLUSTER_TAGS: Record<Tier, Record<string, string>> = {
  public: { "kubernetes.io/role/elb": "1" },
  private: { "kubernetes.io/role/internal-elb": "1" },
  database: {},
};

function byTier<T>(make: (tier: Tier) => T): Record<Tier, T> {
  return { public: make("public"), private: make("private"), database: make("database") };
}

/** `id`, known only when the others are. */
function after(id: pulumi.Output<string>, others: readonly pulumi.Output<string>[]): pulumi.Output<string> {
  return pulumi.all([id, ...others]).apply(([first]) => first as string);
}
