import { ferpa, gdpr, iso27001 } from "../../frameworks";
import { regionOf } from "../../regions";
import type { ResourceRule } from "../../rule";
import { reportTransfer } from "../support/transfer";
import { SECRET } from "../support/types";

export const residencySecretReplicas: ResourceRule = {
  id: "residency-secret-replicas",
  title: "Replicas of a secret stay in its jurisdiction",
  area: "residency",
  severity: "critical",
  frameworks: [gdpr("44"), gdpr("5(1)(f)"), ferpa("99.31(a)(1)(i)(B)"), iso27001("A.5.34"), iso27001("A.5.23")],
  why: "A secret that is copied opens the records from another jurisdiction, too.",
  fix: "Replicate to other regions of the same jurisdiction.",
  scope: "resource",
  types: [SECRET],
  settings: ["jurisdictions"],
  applies: (secret) => secret.list("replicas").length > 0,
  check(secret, { report, settings, each }) {
    each(secret.list("replicas"), (replica) => {
      reportTransfer(regionOf(secret), replica.text("region"), settings, report);
    });
  },
};
