import { sqsQueueEncrypted } from "../../../../policies/rules/encryption/sqsQueueEncrypted";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

const QUEUE = "aws:sqs/queue:Queue";

describeRule(sqsQueueEncrypted, {
  ...valuesOf({ type: QUEUE, path: "sqsManagedSseEnabled", good: [true], bad: [false], absent: "passed" }),
  boundary: [
    {
      what: "a key instead",
      resources: [draft(QUEUE, { sqsManagedSseEnabled: false, kmsMasterKeyId: "alias/queue" })],
      expect: "passed",
    },
  ],
});
