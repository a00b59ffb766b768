import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { holdsRecords } from "../support/stores";
import { BUCKET, CACHE, DATABASE, DATABASE_CLUSTER, KEY, TABLE, VAULT } from "../support/types";

export const dataProtected: ResourceRule = {
  id: "data-protected",
  title: "Pulumi does not delete stores of data",
  area: "availability",
  severity: "medium",
  frameworks: [soc2("A1.2"), soc2("CC8.1"), gdpr("32(1)(b)"), iso27001("A.8.32"), iso27001("A.5.33")],
  why: "A renamed resource is one that Pulumi deletes, and makes anew, empty.",
  fix: "Set the resource option protect to true.",
  scope: "resource",
  types: [DATABASE, DATABASE_CLUSTER, CACHE, TABLE, KEY, VAULT, BUCKET],
  settings: ["dataTag", "recordClasses"],
  applies: (store, { settings }) => store.type !== BUCKET || holdsRecords(store, settings),
  check(store, { report }) {
    if (!store.protect) {
      report("the option protect is not set");
    }
  },
};
