import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import { tagsOf } from "../../regions";
import type { GraphRule } from "../../rule";
import { expiryDaysOf } from "../support/stores";
import { BUCKET, DATABASE, LOG_GROUP } from "../support/types";

export const retentionAsDeclared: GraphRule = {
  id: "retention-as-declared",
  title: "What a store's tag says of its retention is what it does",
  area: "retention",
  severity: "high",
  frameworks: [
    coppa("312.10"),
    gdpr("5(1)(e)"),
    gdpr("17"),
    ferpa("99.35(b)"),
    soc2("C1.2"),
    iso27001("A.8.10"),
    gdpr("30"),
    gdpr("5(2)"),
  ],
  why: "The record of processing is made from the tags: a wrong one is a wrong record.",
  fix: "Make the tag retention-days and the store's own setting the same number.",
  scope: "stack",
  types: [BUCKET, LOG_GROUP, DATABASE],
  applies: (store) => tagsOf(store)["retention-days"] !== undefined,
  check(store, { report, graph }) {
    const declared = Number(tagsOf(store)["retention-days"]);
    const days =
      store.type === BUCKET
        ? expiryDaysOf(store, graph)
        : store.number(store.type === LOG_GROUP ? "retentionInDays" : "backupRetentionPeriod");
    if (days !== declared) {
      report(`the tag retention-days says ${declared}, the setting ${days ?? "nothing"}`);
    }
  },
};
