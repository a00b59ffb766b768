import { ferpa, gdpr, iso27001 } from "../../frameworks";
import { regionOf, regionOfArn } from "../../regions";
import type { ResourceRule } from "../../rule";
import { reportTransfer } from "../support/transfer";
import { TABLE } from "../support/types";

export const residencyTableReplicas: ResourceRule = {
  id: "residency-table-replicas",
  title: "Replicas of a table stay in its jurisdiction",
  area: "residency",
  severity: "critical",
  frameworks: [gdpr("44"), gdpr("5(1)(f)"), ferpa("99.31(a)(1)(i)(B)"), iso27001("A.5.34"), iso27001("A.5.23")],
  why: "A replica is a whole copy of the records, in another country.",
  fix: "Replicate to other regions of the same jurisdiction.",
  scope: "resource",
  types: [TABLE, "aws:dynamodb/tableReplica:TableReplica", "aws:dynamodb/globalTable:GlobalTable"],
  settings: ["jurisdictions"],
  applies: (table) => table.type !== TABLE || table.list("replicas").length > 0,
  check(table, { report, settings, each }) {
    if (!table.isUnknown("globalTableArn")) {
      reportTransfer(regionOfArn(table.text("globalTableArn")), regionOf(table), settings, report);
    }
    each(table.list("replicas"), (replica) => {
      reportTransfer(regionOf(table), replica.text("regionName"), settings, report);
    });
  },
};
