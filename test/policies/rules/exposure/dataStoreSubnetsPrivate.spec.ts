import { dataStoreSubnetsPrivate } from "../../../../policies/rules/exposure/dataStoreSubnetsPrivate";
import { DATABASE_SUBNETS } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { subnet } from "../aws";

const ROUTE = "aws:ec2/route:Route";
const SUBNETS = [
  draft(DATABASE_SUBNETS, { subnetIds: ["subnet-1"] }),
  subnet("subnet-1", "us-east-1a"),
  draft("aws:ec2/routeTable:RouteTable", {}, { name: "table", id: "rtb-1" }),
  draft(
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    { subnetId: "subnet-1", routeTableId: "rtb-1" },
    { name: "association" },
  ),
  draft("aws:ec2/internetGateway:InternetGateway", {}, { name: "internet", id: "igw-1" }),
];

describeRule(dataStoreSubnetsPrivate, {
  passes: [
    {
      what: "a way out through a NAT gateway",
      resources: [...SUBNETS, draft(ROUTE, { routeTableId: "rtb-1", natGatewayId: "nat-1" }, { name: "route" })],
    },
  ],
  fails: [
    {
      what: "a route to the internet",
      resources: [...SUBNETS, draft(ROUTE, { routeTableId: "rtb-1", gatewayId: "igw-1" }, { name: "route" })],
    },
  ],
  boundary: [
    {
      what: "a gateway of the network itself",
      resources: [...SUBNETS, draft(ROUTE, { routeTableId: "rtb-1", gatewayId: "local" }, { name: "route" })],
      expect: "passed",
    },
  ],
  absent: [{ what: "no route at all", resources: SUBNETS, expect: "passed" }],
  unknown: [
    {
      what: "in a preview, by what the route depends on",
      resources: [
        ...SUBNETS,
        draft(
          ROUTE,
          { routeTableId: "rtb-1", gatewayId: unknown },
          { name: "route", refers: { gatewayId: ["internet"] } },
        ),
      ],
      expect: "violated",
    },
  ],
  secret: { none: "identifiers of networks are no secrets" },
  notApplicable: { none: "it applies to every subnet group" },
});
