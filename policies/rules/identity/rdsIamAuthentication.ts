import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { DATABASE, DATABASE_CLUSTER } from "../support/types";

export const rdsIamAuthentication: ResourceRule = {
  id: "rds-iam-authentication",
  title: "A database lets workloads sign in through IAM",
  area: "identity",
  severity: "high",
  frameworks: [ferpa("99.31(a)(1)(ii)"), gdpr("32(1)(b)"), soc2("CC6.1"), iso27001("A.8.5"), iso27001("A.5.17")],
  why: "A password is copied into config, backups and logs; a token lives for 15 minutes.",
  fix: "Set iamDatabaseAuthenticationEnabled to true.",
  scope: "resource",
  types: [DATABASE, DATABASE_CLUSTER],
  applies: (database) => /^(aurora-)?(postgres|postgresql|mysql|mariadb)$/.test(database.text("engine") ?? "postgres"),
  check(database, { report }) {
    if (database.flag("iamDatabaseAuthenticationEnabled") !== true) {
      report("iamDatabaseAuthenticationEnabled is not true");
    }
  },
};
