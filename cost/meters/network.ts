import type { Resource } from "../../policies/graph";
import type { CostContext } from "../context";
import type { Meters, Use } from "../meter";
import { MONTH_HOURS } from "../priceTable";
import { DISTRIBUTION, standsBeforeBalancer } from "./edge";

const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
/** New connections a second, and GB an hour, that one capacity unit of an ALB holds. */
const LCU = { connections: 25, gigabytes: 1 };

/** Gateways, endpoints, load balancers, and what they carry. */
export const network: Meters = {
  "aws:ec2/natGateway:NatGateway": nat,
  "aws:ec2/eip:Eip": () => [{ part: "network", price: "ipv4", quantity: 1 }],
  "aws:ec2/vpcEndpoint:VpcEndpoint": endpoint,
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": peering,
  [LOAD_BALANCER]: loadBalancer,
  // One of the other kinds is an address inside its cluster.
  "kubernetes:core/v1:Service": (service) =>
    service.text("spec.type") === "LoadBalancer"
      ? [{ part: "network", price: "service.loadBalancer", quantity: 1 }]
      : [],
};

function nat(gateway: Resource, context: CostContext): Use[] {
  const gigabytes =
    context.gigabytes(context.region(gateway), context.inputs.transfer.natMiB) * context.portion(gateway);
  return [
    { part: "network", price: "nat.gateway", quantity: 1 },
    { part: "network", price: "nat.data", quantity: gigabytes },
    { part: "network", price: "transfer.internet", quantity: gigabytes },
  ];
}

/** An interface endpoint has an interface in each subnet; one of the gateway kind is free. */
function endpoint(resource: Resource): Use[] {
  return resource.text("vpcEndpointType") === "Interface"
    ? [{ part: "network", price: "vpc.endpoint", quantity: resource.texts("subnetIds[*]").length }]
    : [];
}

function peering(connection: Resource, context: CostContext): Use[] {
  const { regionMiB } = context.inputs.transfer;
  const regions = [context.region(connection), connection.text("peerRegion") ?? ""];
  const gigabytes = regions.reduce((sum, region) => sum + context.gigabytes(region, regionMiB), 0);
  return [{ part: "network", price: "transfer.region", quantity: gigabytes }];
}

/** Its hours, its capacity, its public addresses, and all that leaves a region to the edge or crosses zones behind it. */
function loadBalancer(balancer: Resource, context: CostContext): Use[] {
  const region = context.region(balancer);
  const portion = context.portion(balancer);
  const { dynamicMiB, zoneMiB, requestsPerConnection } = context.inputs.transfer;
  const gigabytes = context.gigabytes(region, dynamicMiB) * portion;
  const connections = (context.requests(region) * portion) / (MONTH_HOURS * 3_600) / requestsPerConnection;
  const units = Math.max(gigabytes / MONTH_HOURS / LCU.gigabytes, connections / LCU.connections);
  const isPublic = balancer.flag("internal") !== true;
  // What goes to CloudFront is free: it is charged where it leaves CloudFront.
  const leaves = isPublic && !context.graph.ofType(DISTRIBUTION).some(standsBeforeBalancer);
  return [
    { part: "network", price: "alb", quantity: 1 },
    { part: "network", price: "alb.lcu", quantity: units },
    { part: "network", price: "ipv4", quantity: isPublic ? balancer.texts("subnets[*]").length : 0 },
    { part: "network", price: "transfer.internet", quantity: leaves ? gigabytes : 0 },
    { part: "network", price: "transfer.zone", quantity: context.gigabytes(region, zoneMiB) * portion },
  ];
}
