import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { DATABASE } from "../support/types";

export const rdsFinalSnapshot: ResourceRule = {
  id: "rds-final-snapshot",
  title: "A database that is deleted leaves a snapshot",
  area: "retention",
  severity: "medium",
  frameworks: [gdpr("32(1)(c)"), soc2("A1.2"), iso27001("A.8.13"), ferpa("99.32")],
  why: "Who deletes the wrong database wants it back.",
  fix: "Set skipFinalSnapshot to false with a finalSnapshotIdentifier; copyTagsToSnapshot to true; say deleteAutomatedBackups.",
  scope: "resource",
  types: [DATABASE],
  check(database, { report }) {
    if (database.flag("skipFinalSnapshot") === true && !database.has("replicateSourceDb")) {
      report("skipFinalSnapshot is true");
    }
    if (database.flag("copyTagsToSnapshot") !== true) {
      report("copyTagsToSnapshot is not true: a snapshot says neither what it holds nor where it may lie");
    }
    if (!database.has("deleteAutomatedBackups")) {
      report("deleteAutomatedBackups is not said");
    }
  },
};
