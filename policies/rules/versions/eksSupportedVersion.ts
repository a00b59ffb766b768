import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import { SUPPORT, supportOf } from "../../data/versions";
import type { ResourceRule } from "../../rule";
import { CLUSTER, NODE_GROUP } from "../support/types";

export const eksSupportedVersion: ResourceRule = {
  id: "eks-supported-version",
  title: "A cluster's version is in standard support",
  area: "versions",
  severity: "high",
  frameworks: [soc2("CC7.1"), gdpr("32(1)(b)"), coppa("312.8(a)"), iso27001("A.8.8")],
  why: "Out of support there are no fixes of holes; the cloud upgrades by force, at its own time, or charges several times the price.",
  fix: "Upgrade: one minor version at a time, control plane first.",
  scope: "resource",
  types: [CLUSTER, NODE_GROUP],
  check(cluster, { report, today }) {
    const version = cluster.text("version");
    if (version === undefined) {
      report("version is not set: it is whatever is new on the day of creation");
      return;
    }
    const support = supportOf(SUPPORT.eks, version, today);
    if (support?.state === "ended") {
      report(
        `standard support of Kubernetes ${version} ended${support.until === undefined ? "" : ` on ${support.until}`}`,
      );
    }
  },
};
