import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import { SUPPORT, supportOf } from "../../data/versions";
import type { ResourceRule } from "../../rule";
import { aksVersionOf } from "./internal/aks";
import { CLUSTER, NODE_POOL } from "./internal/types";

/** Days: an upgrade of a cluster in two colors takes weeks. */
const WARNING = 90;

export const aksVersionEnding: ResourceRule = {
  id: "azure-aks-version-ending",
  title: "Support of no cluster's version ends within 90 days",
  area: "versions",
  severity: "medium",
  level: "advisory",
  frameworks: [soc2("CC7.1"), gdpr("32(1)(b)"), coppa("312.8(a)"), iso27001("A.8.8")],
  why: "An upgrade of a cluster in two colors takes weeks: the plan must start before support ends.",
  fix: "Plan the upgrade now.",
  scope: "resource",
  types: [CLUSTER, NODE_POOL],
  applies: (resource) => aksVersionOf(resource) !== undefined,
  check(resource, { report, today }) {
    const version = aksVersionOf(resource)!;
    const support = supportOf(SUPPORT.aks, version, today);
    if (support?.state === "supported" && support.days !== undefined && support.days <= WARNING) {
      report(`support of Kubernetes ${version} ends on ${support.until}, in ${support.days} days`);
    }
  },
};
