import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { DISTRIBUTION } from "../support/types";

export const cloudfrontAccessLogs: GraphRule = {
  id: "cloudfront-access-logs",
  title: "A distribution logs requests, without cookies",
  area: "logging",
  severity: "high",
  frameworks: [ferpa("99.32"), gdpr("30"), gdpr("33"), soc2("CC7.2"), iso27001("A.8.15"), gdpr("5(1)(c)")],
  why: "Without a log nobody can say what was fetched; with cookies in it the log is a list of sessions.",
  fix: "Add a LogDeliverySource for the distribution, or loggingConfig.bucket; leave loggingConfig.includeCookies off.",
  scope: "stack",
  types: [DISTRIBUTION],
  check(distribution, { report, graph }) {
    const sources = graph.referrers(distribution, "aws:cloudwatch/logDeliverySource:LogDeliverySource", "resourceArn");
    if (sources.length === 0 && !distribution.has("loggingConfig.bucket")) {
      report("it has no access log");
    }
    if (distribution.flag("loggingConfig.includeCookies") === true) {
      report("loggingConfig.includeCookies is true");
    }
  },
};
