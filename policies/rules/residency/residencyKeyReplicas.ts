import { ferpa, gdpr, iso27001 } from "../../frameworks";
import { regionOf, regionOfArn } from "../../regions";
import type { GraphRule } from "../../rule";
import { reportTransfer } from "../support/transfer";
import { KEY } from "../support/types";

export const residencyKeyReplicas: GraphRule = {
  id: "residency-key-replicas",
  title: "Replicas of a key stay in its jurisdiction",
  area: "residency",
  severity: "critical",
  frameworks: [gdpr("44"), gdpr("5(1)(f)"), ferpa("99.31(a)(1)(i)(B)"), iso27001("A.5.34"), iso27001("A.5.23")],
  why: "With the key of one jurisdiction in another, its data can be read there.",
  fix: "Replicate to other regions of the same jurisdiction.",
  scope: "stack",
  types: ["aws:kms/replicaKey:ReplicaKey", "aws:kms/replicaExternalKey:ReplicaExternalKey"],
  settings: ["jurisdictions"],
  check(replica, { report, graph, settings }) {
    const arn = replica.isUnknown("primaryKeyArn") ? undefined : regionOfArn(replica.text("primaryKeyArn"));
    const primary = graph.targets(replica, "primaryKeyArn", KEY)[0];
    reportTransfer(arn ?? (primary && regionOf(primary)), regionOf(replica), settings, report);
  },
};
