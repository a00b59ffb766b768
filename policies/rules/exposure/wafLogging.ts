import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { WEB_ACL } from "../support/types";

export const wafLogging: GraphRule = {
  id: "waf-logging",
  title: "A firewall logs what it decided, without credentials",
  area: "exposure",
  severity: "high",
  frameworks: [soc2("CC7.2"), gdpr("33"), gdpr("5(1)(c)"), iso27001("A.8.15"), iso27001("A.8.11")],
  why: "Without a log nobody knows what was tried; with whole requests in it, the log is a list of sessions to steal.",
  fix: "Add a WebAclLoggingConfiguration whose redactedFields name the headers authorization and cookie.",
  scope: "stack",
  types: [WEB_ACL],
  check(webAcl, { report, graph, each }) {
    const loggings = graph.referrers(
      webAcl,
      "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
      "resourceArn",
    );
    if (loggings.length === 0) {
      report("it has no logging configuration");
    }
    each(loggings, (logging) => {
      const redacted = logging.texts("redactedFields[*].singleHeader.name").map((name) => name.toLowerCase());
      const missing = ["authorization", "cookie"].filter((name) => !redacted.includes(name));
      if (missing.length > 0) {
        report(`its log does not redact ${missing.join(" and ")}`);
      }
    });
  },
};
