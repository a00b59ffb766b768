import { elasticacheCustomerKey } from "../../../../policies/rules/encryption/elasticacheCustomerKey";
import { CACHE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { key } from "../aws";

describeRule(
  elasticacheCustomerKey,
  valuesOf({ type: CACHE, path: "kmsKeyId", good: [key("us-east-1")], bad: [null] }),
);
