import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { Graph, Resource } from "../../graph";
import { tagsOf } from "../../regions";
import type { GraphRule } from "../../rule";
import { BACKUP_SELECTION, DATABASE, DATABASE_CLUSTER } from "../support/types";

function isSelected(database: Resource, selection: Resource, graph: Graph): boolean {
  if (graph.targets(selection, "resources[*]", database.type).includes(database)) {
    return true;
  }
  if (selection.texts("resources").includes("*")) {
    return true;
  }
  const tags = tagsOf(database);
  return selection
    .list("selectionTags")
    .some((tag) => tags[tag.text("key") ?? ""] !== undefined && tags[tag.text("key") ?? ""] === tag.text("value"));
}

export const backupCoversDatabase: GraphRule = {
  id: "backup-covers-database",
  title: "Every database is in a backup plan",
  area: "availability",
  severity: "high",
  frameworks: [gdpr("32(1)(c)"), soc2("A1.2"), iso27001("A.8.13"), ferpa("99.32")],
  why: "Automated backups go with the database, and stay in its account and region.",
  fix: "Name the database in the resources of a backup Selection, or select it by tag.",
  scope: "stack",
  types: [DATABASE, DATABASE_CLUSTER],
  applies: (database) => !database.has("replicateSourceDb") && !database.has("replicationSourceIdentifier"),
  check(database, { report, graph, each }) {
    let covered = false;
    const known = each(graph.ofType(BACKUP_SELECTION), (selection) => {
      covered ||= isSelected(database, selection, graph);
    });
    if (!covered && known) {
      report("no backup selection of the stack names it, or selects it by tag");
    }
  },
};
