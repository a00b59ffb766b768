import { logGroupCustomerKey } from "../../../../policies/rules/encryption/logGroupCustomerKey";
import { LOG_GROUP } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { key } from "../aws";

describeRule(
  logGroupCustomerKey,
  valuesOf({ type: LOG_GROUP, path: "kmsKeyId", good: [key("us-east-1")], bad: [null] }),
);
