import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { NODE_GROUP, SUBNET } from "../support/types";

export const nodesInThreeZones: GraphRule = {
  id: "nodes-in-three-zones",
  title: "The nodes of a cluster stand in three zones",
  area: "availability",
  severity: "high",
  frameworks: [gdpr("32(1)(b)"), soc2("A1.2"), iso27001("A.8.14"), iso27001("A.5.30")],
  why: "With two zones the loss of one takes half of the capacity.",
  fix: "Give the node group subnets in three availability zones.",
  scope: "stack",
  types: [NODE_GROUP],
  // Subnets of another stack are known there.
  applies: (group, { graph }) => graph.targets(group, "subnetIds[*]", SUBNET).length > 0,
  check(group, { report, graph }) {
    const zones = new Set(
      graph.targets(group, "subnetIds[*]", SUBNET).map((subnet) => subnet.text("availabilityZone")),
    );
    if (zones.size < 3) {
      report(`its subnets are in ${zones.size} zone${zones.size === 1 ? "" : "s"}, fewer than three`);
    }
  },
};
