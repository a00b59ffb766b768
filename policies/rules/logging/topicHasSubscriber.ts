import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";

export const topicHasSubscriber: GraphRule = {
  id: "topic-has-subscriber",
  title: "Somebody is told what alarms say",
  area: "logging",
  severity: "medium",
  frameworks: [soc2("CC7.3"), soc2("CC7.4"), gdpr("33"), iso27001("A.8.16")],
  why: "An alarm that nobody gets is no alarm.",
  fix: "Add a TopicSubscription for the topic.",
  scope: "stack",
  types: ["aws:sns/topic:Topic"],
  applies: (topic, { graph }) =>
    graph.referrers(topic, "aws:cloudwatch/metricAlarm:MetricAlarm", "alarmActions[*]").length > 0,
  check(topic, { report, graph }) {
    if (graph.referrers(topic, "aws:sns/topicSubscription:TopicSubscription", "topic").length === 0) {
      report("alarms go to it, and nobody is subscribed");
    }
  },
};
