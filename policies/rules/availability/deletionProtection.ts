import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";

/** The property that protects, by type. */
const PROPERTIES: Readonly<Record<string, string>> = {
  "aws:rds/instance:Instance": "deletionProtection",
  "aws:rds/cluster:Cluster": "deletionProtection",
  "aws:rds/globalCluster:GlobalCluster": "deletionProtection",
  "aws:eks/cluster:Cluster": "deletionProtection",
  "aws:lb/loadBalancer:LoadBalancer": "enableDeletionProtection",
  "aws:dynamodb/table:Table": "deletionProtectionEnabled",
  "aws:cognito/userPool:UserPool": "deletionProtection",
};
const PATTERN = new RegExp(`^(${Object.keys(PROPERTIES).join("|")})$`);

export const deletionProtection: ResourceRule = {
  id: "deletion-protection",
  title: "What a mistake must not delete has the cloud's deletion protection",
  area: "availability",
  severity: "high",
  frameworks: [soc2("A1.2"), soc2("CC8.1"), gdpr("32(1)(b)"), iso27001("A.8.32"), iso27001("A.5.33")],
  why: "One wrong command deletes the databases of a country.",
  fix: "Set deletionProtection (databases, clusters, user pools) or enableDeletionProtection (load balancers).",
  scope: "resource",
  types: [PATTERN],
  check(resource, { report }) {
    const property = PROPERTIES[resource.type] ?? "deletionProtection";
    if (!["true", "ACTIVE"].includes(resource.text(property) ?? "")) {
      report(`${property} is not on`);
    }
  },
};
