import { snsTopicEncrypted } from "../../../../policies/rules/encryption/snsTopicEncrypted";
import { describeRule, valuesOf } from "../../support/cases";
import { key } from "../aws";

describeRule(
  snsTopicEncrypted,
  valuesOf({ type: "aws:sns/topic:Topic", path: "kmsMasterKeyId", good: [key("us-east-1")], bad: [null] }),
);
