import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { Graph, Resource } from "../../graph";
import type { GraphRule } from "../../rule";
import { SUBNET, VPC } from "../support/types";

function gateways(vpc: Resource, graph: Graph): Resource[] {
  return graph
    .ofType("aws:ec2/natGateway:NatGateway")
    .filter((gateway) =>
      graph.targets(gateway, "subnetId", SUBNET).some((subnet) => graph.targets(subnet, "vpcId", VPC).includes(vpc)),
    );
}

function zonesOf(gateway: Resource, graph: Graph): (string | undefined)[] {
  return graph.targets(gateway, "subnetId", SUBNET).map((subnet) => subnet.text("availabilityZone"));
}

export const natInEveryZone: GraphRule = {
  id: "nat-in-every-zone",
  title: "Every zone has its own way out",
  area: "availability",
  severity: "high",
  frameworks: [gdpr("32(1)(b)"), soc2("A1.2"), iso27001("A.8.14"), iso27001("A.5.30")],
  why: "With one NAT gateway the loss of its zone cuts off all of them.",
  fix: "Put a NatGateway into a public subnet of each zone, and route each zone's private subnets through its own.",
  scope: "stack",
  types: [VPC],
  applies: (vpc, { graph }) => gateways(vpc, graph).length > 0,
  check(vpc, { report, graph }) {
    const subnets = graph.referrers(vpc, SUBNET, "vpcId");
    const zones = new Set(subnets.map((subnet) => subnet.text("availabilityZone")));
    const served = new Set(gateways(vpc, graph).flatMap((gateway) => zonesOf(gateway, graph)));
    const missing = [...zones].filter((zone) => !served.has(zone)).sort();
    if (missing.length > 0) {
      report(`no NAT gateway stands in ${missing.join(", ")}`);
    }
  },
};
