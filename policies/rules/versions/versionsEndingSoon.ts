import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { Resource } from "../../graph";
import type { SupportTable } from "../../data/versions";
import { SUPPORT, supportOf } from "../../data/versions";
import type { ResourceRule } from "../../rule";
import { CACHE, CLUSTER, DATABASE, DATABASE_CLUSTER } from "../support/types";

/** The table for a resource, and its version. */
function versionOf(resource: Resource): [SupportTable | undefined, string | undefined] {
  switch (resource.type) {
    case CLUSTER:
      return [SUPPORT.eks, resource.text("version")];
    case CACHE:
      return [resource.text("engine") === "valkey" ? SUPPORT.valkey : SUPPORT.redis, resource.text("engineVersion")];
    case DATABASE:
    case DATABASE_CLUSTER:
      return [
        /postgres/.test(resource.text("engine") ?? "postgres") ? SUPPORT.postgres : undefined,
        resource.text("engineVersion"),
      ];
    default: {
      const [, language, version] = /^(nodejs|python)([\d.]+?)(\.x)?$/.exec(resource.text("runtime") ?? "") ?? [];
      return [language === undefined ? undefined : SUPPORT[language as "nodejs" | "python"], version];
    }
  }
}

export const versionsEndingSoon: ResourceRule = {
  id: "versions-ending-soon",
  title: "No version's support ends within 90 days",
  area: "versions",
  severity: "medium",
  level: "advisory",
  frameworks: [soc2("CC7.1"), gdpr("32(1)(b)"), coppa("312.8(a)"), iso27001("A.8.8")],
  why: "An upgrade of a cluster or database in two colors takes weeks: the plan must start before support ends.",
  fix: "Plan the upgrade now.",
  scope: "resource",
  types: [CLUSTER, DATABASE, DATABASE_CLUSTER, CACHE, "aws:lambda/function:Function"],
  applies: (resource) => versionOf(resource)[0] !== undefined,
  check(resource, { report, today }) {
    const [table, version] = versionOf(resource);
    const support = table && version !== undefined ? supportOf(table, version, today) : undefined;
    if (support?.state === "supported" && support.days !== undefined && support.days <= 90) {
      report(`support of ${table!.product} ${version} ends on ${support.until}, in ${support.days} days`);
    }
  },
};
