import { secretCustomerKey } from "../../../../policies/rules/encryption/secretCustomerKey";
import { SECRET } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { key } from "../aws";

describeRule(secretCustomerKey, valuesOf({ type: SECRET, path: "kmsKeyId", good: [key("us-east-1")], bad: [null] }));
