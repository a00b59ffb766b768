import { rdsNotPublic } from "../../../../policies/rules/exposure/rdsNotPublic";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  rdsNotPublic,
  valuesOf({ type: DATABASE, path: "publiclyAccessible", good: [false], bad: [true], absent: "passed" }),
);
