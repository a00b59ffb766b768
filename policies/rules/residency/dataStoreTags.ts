import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import { tagsOf } from "../../regions";
import type { ResourceRule } from "../../rule";
import { BUCKET, CACHE, DATABASE, DATABASE_CLUSTER, SECRET, TABLE, VAULT } from "../support/types";

export const dataStoreTags: ResourceRule = {
  id: "data-store-tags",
  title: "A store of data says whose it is, what it holds, where it may lie, and why",
  area: "residency",
  severity: "high",
  frameworks: [gdpr("30"), gdpr("5(2)"), ferpa("99.3"), soc2("C1.1"), iso27001("A.5.9"), iso27001("A.5.12")],
  why: "The record of processing is made from these tags, and rules about pupils' data look at what the tags say.",
  fix: "Set the tags owner, data-class, residency and legal-basis (on the store or as defaults of its provider).",
  scope: "resource",
  types: [DATABASE, DATABASE_CLUSTER, CACHE, BUCKET, TABLE, SECRET, VAULT],
  settings: ["dataTag", "residencyTag"],
  check(store, { report, settings }) {
    const tags = tagsOf(store);
    const missing = ["owner", settings.dataTag, settings.residencyTag, "legal-basis"].filter(
      (tag) => (tags[tag] ?? "") === "",
    );
    if (missing.length > 0) {
      report(`the tags ${missing.join(", ")} are missing`);
    }
  },
};
