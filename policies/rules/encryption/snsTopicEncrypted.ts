import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";

export const snsTopicEncrypted: ResourceRule = {
  id: "sns-topic-encrypted",
  title: "A topic is encrypted",
  area: "encryption",
  severity: "medium",
  frameworks: [gdpr("32(1)(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Notifications name systems and, in their text, people.",
  fix: "Set kmsMasterKeyId.",
  scope: "resource",
  types: ["aws:sns/topic:Topic"],
  check(topic, { report }) {
    if (!topic.has("kmsMasterKeyId")) {
      report("kmsMasterKeyId is not set");
    }
  },
};
