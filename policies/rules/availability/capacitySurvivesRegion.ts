import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { Resource } from "../../graph";
import { jurisdictionOf, regionOf } from "../../regions";
import type { GraphRule } from "../../rule";
import { CLUSTER, NODE_GROUP } from "../support/types";

function sum(groups: readonly Resource[], path: string): number {
  return groups.reduce((total, group) => total + (group.number(path) ?? 0), 0);
}

export const capacitySurvivesRegion: GraphRule = {
  id: "capacity-survives-region",
  title: "The other regions of a jurisdiction can take the share of one that fails",
  area: "availability",
  severity: "high",
  frameworks: [gdpr("32(1)(b)"), soc2("A1.2"), iso27001("A.8.14"), iso27001("A.5.30"), soc2("A1.1"), iso27001("A.8.6")],
  why: "A failover to regions that cannot grow is a second outage.",
  fix: "Raise scalingConfig.maxSize of the node groups in the jurisdiction's other regions.",
  scope: "stacks",
  types: [CLUSTER],
  settings: ["jurisdictions"],
  // With one region a jurisdiction fails closed: that is decided elsewhere.
  applies: (cluster, { graph, settings }) => {
    const home = jurisdictionOf(regionOf(cluster), settings);
    const others = graph.ofType(CLUSTER).filter((other) => regionOf(other) !== regionOf(cluster));
    return home !== undefined && others.some((other) => jurisdictionOf(regionOf(other), settings) === home);
  },
  check(cluster, { report, graph, settings }) {
    const home = jurisdictionOf(regionOf(cluster), settings);
    const groups = graph.ofType(NODE_GROUP).filter((group) => jurisdictionOf(regionOf(group), settings) === home);
    for (const type of new Set(groups.flatMap((group) => group.texts("instanceTypes")))) {
      const same = groups.filter((group) => group.texts("instanceTypes").includes(type));
      const needed = sum(same, "scalingConfig.desiredSize");
      const left = sum(
        same.filter((group) => regionOf(group) !== regionOf(cluster)),
        "scalingConfig.maxSize",
      );
      if (left < needed) {
        report(`without ${regionOf(cluster)}, ${home} can have ${left} nodes of ${type}, and needs ${needed}`);
      }
    }
  },
};
