import { dynamodbCustomerKey } from "../../../../policies/rules/encryption/dynamodbCustomerKey";
import { TABLE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { key } from "../aws";

describeRule(
  dynamodbCustomerKey,
  valuesOf({
    type: TABLE,
    base: { serverSideEncryption: { enabled: true } },
    path: "serverSideEncryption.kmsKeyArn",
    good: [key("us-east-1")],
    bad: [null],
  }),
);
