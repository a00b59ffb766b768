import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { CACHE_SUBNETS, DATABASE_SUBNETS, SUBNET } from "../support/types";

export const dataStoreSubnetsPrivate: GraphRule = {
  id: "data-store-subnets-private",
  title: "A database or cache has no way to the internet",
  area: "exposure",
  severity: "high",
  frameworks: [ferpa("99.31(a)(1)(ii)"), gdpr("32(1)(b)"), soc2("CC6.6"), iso27001("A.8.20"), iso27001("A.8.22")],
  why: "From a subnet with a route to an internet gateway, one wrong setting makes a database public, and lets records out.",
  fix: "Put the subnet group into subnets whose route tables have no route to an internet gateway.",
  scope: "stack",
  types: [DATABASE_SUBNETS, CACHE_SUBNETS],
  check(group, { report, graph, each }) {
    each(graph.targets(group, "subnetIds[*]", SUBNET), (subnet) => {
      const tables = graph
        .referrers(subnet, "aws:ec2/routeTableAssociation:RouteTableAssociation", "subnetId")
        .flatMap((association) => graph.targets(association, "routeTableId", "aws:ec2/routeTable:RouteTable"));
      const open = tables.some(
        (table) =>
          table.nodes("routes[*].gatewayId").some((gateway) => gateway.text("")?.startsWith("igw-") === true) ||
          graph
            .referrers(table, "aws:ec2/route:Route", "routeTableId")
            .some((route) => graph.targets(route, "gatewayId", "aws:ec2/internetGateway:InternetGateway").length > 0),
      );
      if (open) {
        report(`subnet ${subnet.name} has a route to the internet`);
      }
    });
  },
};
