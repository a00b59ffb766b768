import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";

export const sqsQueueEncrypted: ResourceRule = {
  id: "sqs-queue-encrypted",
  title: "A queue is encrypted",
  area: "encryption",
  severity: "medium",
  frameworks: [gdpr("32(1)(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Messages about pupils wait in queues.",
  fix: "Set kmsMasterKeyId, or leave sqsManagedSseEnabled on.",
  scope: "resource",
  types: ["aws:sqs/queue:Queue"],
  check(queue, { report }) {
    if (queue.flag("sqsManagedSseEnabled") === false && !queue.has("kmsMasterKeyId")) {
      report("sqsManagedSseEnabled is false, and kmsMasterKeyId is not set");
    }
  },
};
