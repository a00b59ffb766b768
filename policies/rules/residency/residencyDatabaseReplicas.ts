import { ferpa, gdpr, iso27001 } from "../../frameworks";
import type { Graph, Resource } from "../../graph";
import { regionOf, regionOfArn } from "../../regions";
import type { GraphRule } from "../../rule";
import { reportTransfer } from "../support/transfer";
import { DATABASE, DATABASE_CLUSTER } from "../support/types";

const SOURCES = ["replicateSourceDb", "replicationSourceIdentifier", "sourceDbInstanceArn"];

/** The region of what is copied: in its ARN, or where the resource of that name stands. */
function sourceRegion(replica: Resource, graph: Graph): string | undefined {
  for (const path of SOURCES) {
    const region = replica.isUnknown(path) ? undefined : regionOfArn(replica.text(path));
    const target = graph.targets(replica, path, /^aws:rds\/(instance|cluster):/)[0];
    const found = region ?? (target && regionOf(target));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

export const residencyDatabaseReplicas: GraphRule = {
  id: "residency-database-replicas",
  title: "Replicas and copied backups of a database stay in its jurisdiction",
  area: "residency",
  severity: "critical",
  frameworks: [gdpr("44"), gdpr("5(1)(f)"), ferpa("99.31(a)(1)(i)(B)"), iso27001("A.5.34"), iso27001("A.5.23")],
  why: "A replica is a whole copy of the records, in another country.",
  fix: "Replicate to another region of the same jurisdiction.",
  scope: "stack",
  types: [
    DATABASE,
    DATABASE_CLUSTER,
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
  ],
  settings: ["jurisdictions"],
  applies: (replica) => SOURCES.some((path) => replica.isUnknown(path) || replica.has(path)),
  check(replica, { report, graph, settings }) {
    const from = sourceRegion(replica, graph);
    reportTransfer(from, regionOf(replica), settings, report);
  },
};
