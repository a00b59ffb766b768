import { nodesInThreeZones } from "../../../../policies/rules/availability/nodesInThreeZones";
import { NODE_GROUP } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { subnet } from "../aws";

const group = (...subnetIds: string[]) => draft(NODE_GROUP, { subnetIds });
const ZONES = ["a", "b", "c"].map((zone) => subnet(zone, `us-east-1${zone}`));

describeRule(nodesInThreeZones, {
  passes: [{ what: "three", resources: [group("a", "b", "c"), ...ZONES] }],
  fails: [{ what: "one", resources: [group("a"), ...ZONES], message: /1 zone/ }],
  boundary: [
    { what: "two", resources: [group("a", "b"), ...ZONES], expect: "violated" },
    {
      what: "three subnets in two zones",
      resources: [group("a", "b", "b2"), ...ZONES, subnet("b2", "us-east-1b")],
      expect: "violated",
    },
  ],
  absent: { none: "without subnets nothing is known" },
  unknown: [{ what: "a zone", resources: [group("a", "b", "x"), ...ZONES, subnet("x", unknown)] }],
  secret: { none: "zones are no secrets" },
  notApplicable: [{ what: "subnets of another stack", resources: [group("elsewhere")] }],
});
