import type { Properties } from "../../engine/cloud";
import { text } from "../../../pulumi/json";
import type { Context } from "../context";
import type { Models } from "../model";

const ARN = "arn:aws:ec2:{region}:{account}";
const owned = { ownerId: "{account}" };

/** Networks: VPCs and what stands in them. */
export const network: Models = {
  "aws:ec2/vpc:Vpc": {
    id: "vpc-0{hex:16}",
    tagged: true,
    outputs: {
      ...owned,
      arn: `${ARN}:vpc/{id}`,
      defaultNetworkAclId: "acl-0{hex:16}",
      defaultRouteTableId: "rtb-0{hex:16}",
      mainRouteTableId: "{defaultRouteTableId}",
      defaultSecurityGroupId: "sg-0{hex:16}",
      dhcpOptionsId: "dopt-0{hex:16}",
    },
  },
  "aws:ec2/subnet:Subnet": { id: "subnet-0{hex:16}", tagged: true, outputs: { ...owned, arn: `${ARN}:subnet/{id}` } },
  "aws:ec2/internetGateway:InternetGateway": {
    id: "igw-0{hex:16}",
    tagged: true,
    outputs: { ...owned, arn: `${ARN}:internet-gateway/{id}` },
  },
  "aws:ec2/eip:Eip": {
    id: "eipalloc-0{hex:16}",
    tagged: true,
    outputs: {
      allocationId: "{id}",
      arn: `${ARN}:elastic-ip/{id}`,
      publicIp: "{ipv4}",
      publicDns: (context) => {
        const address = context.text("publicIp").replaceAll(".", "-");
        const region = context.text("region");
        return `ec2-${address}.${region === "us-east-1" ? "compute-1" : `${region}.compute`}.amazonaws.com`;
      },
    },
  },
  "aws:ec2/natGateway:NatGateway": {
    id: "nat-0{hex:16}",
    tagged: true,
    outputs: {
      associationId: "eipassoc-0{hex:16}",
      networkInterfaceId: "eni-0{hex:16}",
      publicIp: (context) => context.neighbor("aws:ec2/eip:Eip", context.text("allocationId"))?.publicIp,
    },
  },
  "aws:ec2/routeTable:RouteTable": {
    id: "rtb-0{hex:16}",
    tagged: true,
    outputs: { ...owned, arn: `${ARN}:route-table/{id}` },
  },
  "aws:ec2/route:Route": { id: "r-{routeTableId}{digits:10}", outputs: { origin: "CreateRoute", state: "active" } },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { id: "rtbassoc-0{hex:16}" },
  "aws:ec2/networkAcl:NetworkAcl": {
    id: "acl-0{hex:16}",
    tagged: true,
    outputs: { ...owned, arn: `${ARN}:network-acl/{id}` },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    id: "sg-0{hex:16}",
    tagged: true,
    name: { max: 255, pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/ },
    outputs: { ...owned, arn: `${ARN}:security-group/{id}` },
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    // Adopts the security group that its VPC came with.
    id: (context) => text(context.neighbor("aws:ec2/vpc:Vpc", context.text("vpcId"))?.defaultSecurityGroupId),
    tagged: true,
    outputs: {
      ...owned,
      arn: `${ARN}:security-group/{id}`,
      name: "default",
      description: "default VPC security group",
    },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    id: "sgr-0{hex:16}",
    tagged: true,
    outputs: { arn: `${ARN}:security-group-rule/{id}`, securityGroupRuleId: "{id}" },
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    id: "sgr-0{hex:16}",
    tagged: true,
    outputs: { arn: `${ARN}:security-group-rule/{id}`, securityGroupRuleId: "{id}" },
  },
  "aws:ec2/flowLog:FlowLog": { id: "fl-0{hex:16}", tagged: true, outputs: { arn: `${ARN}:vpc-flow-log/{id}` } },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    id: "vpce-0{hex:16}",
    tagged: true,
    outputs: {
      ...owned,
      arn: `${ARN}:vpc-endpoint/{id}`,
      state: "available",
      requesterManaged: false,
      prefixListId: (context) =>
        isInterface(context.text("vpcEndpointType")) ? undefined : context.fill("pl-{hex:8}", "prefixListId"),
      dnsEntries: (context) => {
        const service = context.text("serviceName").split(".").slice(3).reverse().join(".");
        const dnsName = context.fill(`{id}-{alnum:8}.${service}.{region}.vpce.amazonaws.com`, "dnsEntries");
        return isInterface(context.text("vpcEndpointType"))
          ? [{ dnsName, hostedZoneId: context.fill("Z{ALNUM:13}", "zone") }]
          : [];
      },
      networkInterfaceIds: (context) =>
        context.texts("subnetIds").map((subnet) => context.fill("eni-0{hex:16}", subnet)),
    },
  },
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": {
    id: "pcx-0{hex:16}",
    tagged: true,
    outputs: { acceptStatus: (context) => (context.inputs.autoAccept === true ? "active" : "pending-acceptance") },
  },
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": {
    id: "{vpcPeeringConnectionId}",
    tagged: true,
    outputs: {
      acceptStatus: "active",
      vpcId: (context) => requested(context)?.peerVpcId,
      peerVpcId: (context) => requested(context)?.vpcId,
      peerOwnerId: "{account}",
    },
  },
  "aws:ec2/managedPrefixList:ManagedPrefixList": {
    id: "pl-0{hex:16}",
    tagged: true,
    name: { max: 255 },
    outputs: { ...owned, arn: `${ARN}:prefix-list/{id}`, version: 1 },
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    id: "lt-0{hex:16}",
    tagged: true,
    name: { max: 128, pattern: /^[\w()./-]{3,}$/, taken: "InvalidLaunchTemplateName.AlreadyExistsException: {name}" },
    outputs: { arn: `${ARN}:launch-template/{id}`, defaultVersion: 1 },
    // Each change makes a version.
    derived: { latestVersion: ({ outputs }) => Number(outputs.latestVersion ?? 0) + 1 },
  },
};

/** A VPC endpoint is of the gateway type unless it says otherwise. */
function isInterface(type: string): boolean {
  return type === "Interface";
}

/** The connection that an accepter accepts: it was asked for in another region. */
function requested({ world, inputs }: Context): Properties | undefined {
  const connections = [...world.things("aws:ec2/vpcPeeringConnection:VpcPeeringConnection")];
  return connections.find(({ properties }) => properties.id === inputs.vpcPeeringConnectionId)?.properties;
}
