import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { dataClassOf, expiryDaysOf, takesAccessLogs } from "../support/stores";
import { BUCKET, LOG_GROUP } from "../support/types";

export const accessLogExpiry: GraphRule = {
  id: "access-log-expiry",
  title: "Access logs, which hold addresses of users, expire",
  area: "retention",
  severity: "high",
  frameworks: [gdpr("5(1)(e)"), coppa("312.4(d)"), coppa("312.10"), soc2("C1.2"), iso27001("A.8.10")],
  why: "An address is a persistent identifier of a child, and a log of addresses a profile.",
  fix: "Expire the objects (lifecycle) or events (retentionInDays) after maxAccessLogDays at most.",
  scope: "stack",
  types: [BUCKET, LOG_GROUP],
  settings: ["dataTag", "maxAccessLogDays"],
  applies: (store, { settings, graph }) =>
    dataClassOf(store, settings) === "access-log" ||
    (store.type === BUCKET
      ? takesAccessLogs(store, graph)
      : graph.referrers(
          store,
          "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
          "logDestinationConfigs[*]",
        ).length > 0),
  check(store, { report, graph, settings }) {
    const days = store.type === BUCKET ? expiryDaysOf(store, graph) : store.number("retentionInDays") || undefined;
    if (days === undefined) {
      report("it holds addresses of users, and nothing in it expires");
    } else if (days > settings.maxAccessLogDays) {
      report(`it holds addresses of users for ${days} days, more than ${settings.maxAccessLogDays}`);
    }
  },
};
