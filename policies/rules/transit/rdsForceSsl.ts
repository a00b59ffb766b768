import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { Node } from "../../node";
import type { GraphRule } from "../../rule";
import { DATABASE, DATABASE_PARAMETERS } from "../support/types";

/** What forces TLS: in PostgreSQL and SQL Server, in MySQL and MariaDB. */
const FORCING = ["rds.force_ssl", "require_secure_transport"];

/** PostgreSQL 15 and later force it unless they are told not to. */
function isForcedByDefault(group: Node): boolean {
  const major = /^postgres(\d+)$/.exec(group.text("family") ?? "")?.[1];
  return major !== undefined && Number(major) >= 15;
}

export const rdsForceSsl: GraphRule = {
  id: "rds-force-ssl",
  title: "A database takes connections with TLS only",
  area: "transit",
  severity: "high",
  frameworks: [gdpr("32(1)(a)"), coppa("312.8(a)"), soc2("CC6.7"), iso27001("A.8.20"), iso27001("A.8.24")],
  why: "A client that forgets TLS sends records, and its password, in clear.",
  fix: "Set rds.force_ssl (PostgreSQL) or require_secure_transport (MySQL) to 1 in the parameter group that parameterGroupName names.",
  scope: "stack",
  types: [DATABASE],
  applies: (database) => !/^(custom-|oracle|db2)/.test(database.text("engine") ?? ""),
  check(database, { report, graph }) {
    const groups = graph.targets(database, "parameterGroupName", DATABASE_PARAMETERS);
    if (groups.length === 0) {
      report("no parameter group of this stack is attached: TLS is the server's default");
    }
    for (const group of groups) {
      const parameter = group.list("parameters").find((one) => FORCING.includes(one.text("name") ?? ""));
      const value = parameter?.text("value");
      if (value === undefined ? !isForcedByDefault(group) : !["1", "ON"].includes(value.toUpperCase())) {
        report(`the parameter group ${group.name} does not force TLS`);
      }
    }
  },
};
