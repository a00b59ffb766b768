import { topicHasSubscriber } from "../../../../policies/rules/logging/topicHasSubscriber";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const TOPIC = draft("aws:sns/topic:Topic", {}, { name: "topic", outputs: { arn: "arn:topic" } });
const ALARM = draft("aws:cloudwatch/metricAlarm:MetricAlarm", { alarmActions: ["arn:topic"] }, { name: "alarm" });

describeRule(topicHasSubscriber, {
  passes: [
    {
      what: "somebody",
      resources: [
        TOPIC,
        ALARM,
        draft("aws:sns/topicSubscription:TopicSubscription", { topic: "arn:topic" }, { name: "subscription" }),
      ],
    },
  ],
  fails: [
    {
      what: "somebody of another topic",
      resources: [
        TOPIC,
        ALARM,
        draft("aws:sns/topicSubscription:TopicSubscription", { topic: "arn:other" }, { name: "subscription" }),
      ],
    },
  ],
  boundary: { none: "one is enough" },
  absent: [{ what: "nobody", resources: [TOPIC, ALARM] }],
  unknown: [
    {
      what: "in a preview, by what depends on the topic",
      resources: [
        { ...TOPIC, outputs: {} },
        draft(ALARM.type, { alarmActions: [unknown] }, { name: "alarm", refers: { alarmActions: ["topic"] } }),
      ],
      expect: "violated",
    },
  ],
  secret: { none: "nothing of a topic is a secret" },
  notApplicable: [{ what: "a topic without alarms", resources: [TOPIC] }],
});
