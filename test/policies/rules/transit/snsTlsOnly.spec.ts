import { snsTlsOnly } from "../../../../policies/rules/transit/snsTlsOnly";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { policy } from "../aws";

const TOPIC = draft("aws:sns/topic:Topic", {}, { name: "topic", id: "topic-1" });
const topicPolicy = (text: any) =>
  draft("aws:sns/topicPolicy:TopicPolicy", { arn: "topic-1", policy: text }, { name: "policy" });
const DENY = {
  Effect: "Deny",
  Principal: "*",
  Action: "sns:Publish",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

describeRule(snsTlsOnly, {
  passes: [{ what: "denied without TLS", resources: [TOPIC, topicPolicy(policy(DENY))] }],
  fails: [{ what: "nothing denied", resources: [TOPIC, topicPolicy(policy())] }],
  boundary: [
    {
      what: "a policy on the topic itself",
      resources: [draft(TOPIC.type, { policy: policy(DENY) })],
      expect: "passed",
    },
  ],
  absent: [{ what: "no policy", resources: [TOPIC] }],
  unknown: [{ what: "the policy", resources: [TOPIC, topicPolicy(unknown)] }],
  secret: [{ what: "a secret policy", resources: [TOPIC, topicPolicy(secret(policy(DENY)))], expect: "passed" }],
  notApplicable: { none: "it applies to every topic" },
});
