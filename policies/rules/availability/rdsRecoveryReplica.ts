import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { Node } from "../../node";
import { jurisdictionOf, regionOf } from "../../regions";
import type { GraphRule } from "../../rule";
import { DATABASE } from "../support/types";

const SIZES = ["micro", "small", "medium", "large", "xlarge"];

/** How large an instance class is, so that sizes compare: `db.r6g.2xlarge` is twice an xlarge. */
function size(database: Node): number {
  const name = (database.text("instanceClass") ?? "").split(".").at(-1) ?? "";
  const times = /^(\d+)xlarge$/.exec(name)?.[1];
  return times === undefined ? SIZES.indexOf(name) / 10 : Number(times) * (SIZES.indexOf("xlarge") / 10);
}

export const rdsRecoveryReplica: GraphRule = {
  id: "rds-recovery-replica",
  title: "A database has a replica in another region that can take its place",
  area: "availability",
  severity: "high",
  frameworks: [
    gdpr("32(1)(b)"),
    soc2("A1.2"),
    iso27001("A.8.14"),
    iso27001("A.5.30"),
    soc2("CC9.1"),
    iso27001("A.5.29"),
  ],
  why: "Without one, the loss of a region means a restore: hours, and the last writes.",
  fix: "Add a replica in another region of the jurisdiction, of the same instance class or a larger one.",
  scope: "stack",
  types: [DATABASE],
  settings: ["jurisdictions"],
  applies: (database) => !database.isUnknown("replicateSourceDb") && !database.has("replicateSourceDb"),
  check(database, { report, graph, settings }) {
    const replicas = graph
      .referrers(database, DATABASE, "replicateSourceDb")
      .filter((replica) => regionOf(replica) !== regionOf(database));
    const lawful = replicas.filter(
      (replica) => jurisdictionOf(regionOf(replica), settings) === jurisdictionOf(regionOf(database), settings),
    );
    if (lawful.length === 0) {
      report("it has no replica in another region of its jurisdiction");
    } else if (!lawful.some((replica) => size(replica) >= size(database))) {
      report("its replica in another region is smaller: it cannot take the load after a promotion");
    }
  },
};
