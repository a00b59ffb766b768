import { rdsForceSsl } from "../../../../policies/rules/transit/rdsForceSsl";
import { DATABASE, DATABASE_PARAMETERS } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

const SUBJECT = draft(DATABASE, { engine: "postgres", parameterGroupName: "group-1" });
const group = (family: string, value: any) =>
  draft(
    DATABASE_PARAMETERS,
    { family, parameters: value === undefined ? [] : [{ name: "rds.force_ssl", value }] },
    { name: "group", id: "group-1" },
  );

describeRule(rdsForceSsl, {
  passes: [{ what: "forced", resources: [SUBJECT, group("postgres14", "1")] }],
  fails: [
    { what: "not forced", resources: [SUBJECT, group("postgres15", "0")] },
    { what: "no group of the stack", resources: [SUBJECT], message: /no parameter group/ },
    { what: "MySQL without it", resources: [SUBJECT, group("mysql8.0", undefined)] },
  ],
  boundary: [
    { what: "PostgreSQL 15 forces by default", resources: [SUBJECT, group("postgres15", undefined)], expect: "passed" },
    { what: "PostgreSQL 14 does not", resources: [SUBJECT, group("postgres14", undefined)], expect: "violated" },
  ],
  absent: [{ what: "no parameter of that name", resources: [SUBJECT, group("postgres14", undefined)] }],
  unknown: [{ what: "the value", resources: [SUBJECT, group("postgres14", unknown)] }],
  secret: [{ what: "a secret value", resources: [SUBJECT, group("postgres14", secret("1"))], expect: "passed" }],
  notApplicable: [{ what: "Oracle encrypts by options", resources: [draft(DATABASE, { engine: "oracle-ee" })] }],
});
