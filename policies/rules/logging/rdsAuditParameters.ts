import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { DATABASE, DATABASE_PARAMETERS } from "../support/types";

export const rdsAuditParameters: GraphRule = {
  id: "rds-audit-parameters",
  title: "A PostgreSQL database records connections and changes of rights",
  area: "logging",
  severity: "high",
  frameworks: [ferpa("99.32"), gdpr("30"), gdpr("33"), soc2("CC7.2"), iso27001("A.8.15"), ferpa("99.31(a)(1)(ii)")],
  why: "Without it nobody can say who was in the database when records got out.",
  fix: "In the attached parameter group set log_connections to 1 and pgaudit.log to ddl,role or more.",
  scope: "stack",
  types: [DATABASE],
  applies: (database, { graph }) =>
    graph
      .targets(database, "parameterGroupName", DATABASE_PARAMETERS)
      .some((group) => (group.text("family") ?? "").startsWith("postgres")),
  check(database, { report, graph, each }) {
    each(graph.targets(database, "parameterGroupName", DATABASE_PARAMETERS), (group) => {
      const values = new Map(group.list("parameters").map((one) => [one.text("name"), one.text("value")]));
      if (!["1", "on", "all"].includes(values.get("log_connections") ?? "")) {
        report(`the parameter group ${group.name} does not log connections`);
      }
      if (["", "none"].includes(values.get("pgaudit.log") ?? "")) {
        report(`the parameter group ${group.name} sets no pgaudit.log`);
      }
    });
  },
};
