import { natInEveryZone } from "../../../../policies/rules/availability/natInEveryZone";
import { VPC } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { subnet } from "../aws";

const NAT = "aws:ec2/natGateway:NatGateway";
const NETWORK = draft(VPC, {}, { name: "network", id: "vpc-1" });
const ZONES = [subnet("a", "us-east-1a"), subnet("b", "us-east-1b")];
const nat = (zone: string) => draft(NAT, { subnetId: zone }, { name: `nat-${zone}` });

describeRule(natInEveryZone, {
  passes: [{ what: "each", resources: [NETWORK, ...ZONES, nat("a"), nat("b")] }],
  fails: [{ what: "one for all", resources: [NETWORK, ...ZONES, nat("a")], message: /us-east-1b/ }],
  boundary: [
    {
      what: "two in one zone",
      resources: [NETWORK, ...ZONES, nat("a"), draft(NAT, { subnetId: "a" }, { name: "nat-a2" })],
      expect: "violated",
    },
  ],
  absent: { none: "a network without a way out needs none" },
  unknown: [{ what: "a zone", resources: [NETWORK, subnet("a", "us-east-1a"), subnet("x", unknown), nat("a")] }],
  secret: { none: "zones are no secrets" },
  notApplicable: [{ what: "a network without a way out", resources: [NETWORK, ...ZONES] }],
});
