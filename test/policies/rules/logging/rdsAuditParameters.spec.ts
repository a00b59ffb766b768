import { rdsAuditParameters } from "../../../../policies/rules/logging/rdsAuditParameters";
import { DATABASE, DATABASE_PARAMETERS } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

const SUBJECT = draft(DATABASE, { parameterGroupName: "group-1" });
const group = (connections: any, audit: any) =>
  draft(
    DATABASE_PARAMETERS,
    {
      family: "postgres15",
      parameters: [
        ...(connections === undefined ? [] : [{ name: "log_connections", value: connections }]),
        ...(audit === undefined ? [] : [{ name: "pgaudit.log", value: audit }]),
      ],
    },
    { name: "group", id: "group-1" },
  );

describeRule(rdsAuditParameters, {
  passes: [{ what: "both", resources: [SUBJECT, group("1", "ddl,role")] }],
  fails: [
    { what: "no audit", resources: [SUBJECT, group("1", undefined)], message: /pgaudit/ },
    { what: "no connections", resources: [SUBJECT, group("0", "all")], message: /connections/ },
  ],
  boundary: [{ what: "an audit of nothing", resources: [SUBJECT, group("1", "none")], expect: "violated" }],
  absent: [{ what: "neither", resources: [SUBJECT, group(undefined, undefined)] }],
  unknown: [{ what: "a value", resources: [SUBJECT, group("1", unknown)] }],
  secret: [{ what: "a secret value", resources: [SUBJECT, group("1", secret("all"))], expect: "passed" }],
  notApplicable: [
    {
      what: "MySQL",
      resources: [SUBJECT, draft(DATABASE_PARAMETERS, { family: "mysql8.0" }, { name: "group", id: "group-1" })],
    },
  ],
});
