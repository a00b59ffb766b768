import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { DATABASE } from "../support/types";

export const rdsNotPublic: ResourceRule = {
  id: "rds-not-public",
  title: "A database has no public address",
  area: "exposure",
  severity: "critical",
  frameworks: [
    ferpa("99.31(a)(1)(ii)"),
    coppa("312.8(a)"),
    gdpr("32(1)(b)"),
    soc2("CC6.1"),
    iso27001("A.8.3"),
    soc2("CC6.6"),
  ],
  why: "A database that the internet reaches is tried by everybody, all day.",
  fix: "Set publiclyAccessible to false, in private subnets.",
  scope: "resource",
  types: [DATABASE, "aws:rds/clusterInstance:ClusterInstance"],
  check(database, { report }) {
    if (database.flag("publiclyAccessible") === true) {
      report("publiclyAccessible is true");
    }
  },
};
