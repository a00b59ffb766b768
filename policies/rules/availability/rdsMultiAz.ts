import { gdpr, iso27001, soc2 } from "../../frameworks";
import { regionOf, regionOfArn } from "../../regions";
import type { ResourceRule } from "../../rule";
import { DATABASE } from "../support/types";

export const rdsMultiAz: ResourceRule = {
  id: "rds-multi-az",
  title: "A database that is written to, or takes over, stands in two zones",
  area: "availability",
  severity: "high",
  frameworks: [gdpr("32(1)(b)"), soc2("A1.2"), iso27001("A.8.14"), iso27001("A.5.30")],
  why: "The loss of a zone would be an outage of minutes to hours, and of the last writes.",
  fix: "Set multiAz to true. A replica that only reads near its source needs none.",
  scope: "resource",
  types: [DATABASE],
  applies: (database) => {
    const source = database.text("replicateSourceDb");
    return source === undefined || (regionOfArn(source) ?? regionOf(database)) !== regionOf(database);
  },
  check(database, { report }) {
    if (database.flag("multiAz") !== true) {
      report("multiAz is not true");
    }
  },
};
