import { rdsIamAuthentication } from "../../../../policies/rules/identity/rdsIamAuthentication";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(
  rdsIamAuthentication,
  valuesOf({
    type: DATABASE,
    base: { engine: "postgres" },
    path: "iamDatabaseAuthenticationEnabled",
    good: [true],
    bad: [false],
    notApplicable: [{ what: "SQL Server has none", resources: [draft(DATABASE, { engine: "sqlserver-se" })] }],
  }),
);
