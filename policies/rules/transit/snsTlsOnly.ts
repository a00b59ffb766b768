import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { statementsOf } from "../support/documents";

export const snsTlsOnly: GraphRule = {
  id: "sns-tls-only",
  title: "A topic refuses what comes without TLS",
  area: "transit",
  severity: "medium",
  frameworks: [soc2("CC6.7"), gdpr("32(1)(a)"), iso27001("A.8.20")],
  why: "Notifications name systems and people.",
  fix: "Add a TopicPolicy statement that denies sns:Publish to everybody where aws:SecureTransport is false.",
  scope: "stack",
  types: ["aws:sns/topic:Topic"],
  check(topic, { report, graph, each }) {
    const policies = graph.referrers(topic, "aws:sns/topicPolicy:TopicPolicy", "arn");
    let denies = false;
    const known = each([topic, ...policies], (holder) => {
      denies ||= statementsOf(holder.json("policy")).some(
        (statement) =>
          statement.text("Effect") === "Deny" &&
          statement.texts("Condition.Bool.aws:SecureTransport").includes("false"),
      );
    });
    if (!denies && known) {
      report("its policy does not deny what comes without TLS");
    }
  },
};
