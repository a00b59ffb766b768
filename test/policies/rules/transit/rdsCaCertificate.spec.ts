import { rdsCaCertificate } from "../../../../policies/rules/transit/rdsCaCertificate";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  rdsCaCertificate,
  valuesOf({
    type: DATABASE,
    path: "caCertIdentifier",
    good: ["rds-ca-rsa2048-g1", "rds-ca-ecc384-g1"],
    bad: ["rds-ca-2019"],
    absent: "passed",
  }),
);
