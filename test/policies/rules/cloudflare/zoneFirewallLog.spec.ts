import { zoneFirewallLog } from "../../../../policies/rules/cloudflare/zoneFirewallLog";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { logpush, zone } from "./fixtures";

describeRule(zoneFirewallLog, {
  passes: [
    { what: "a job", resources: [zone(), logpush()] },
    {
      what: "a zone that is not known yet",
      resources: [zone({}, { id: undefined }), logpush({ zoneId: unknown }, { refers: { zoneId: ["zone"] } })],
    },
  ],
  fails: [
    { what: "a job that is off", resources: [zone(), logpush({ enabled: false })] },
    { what: "a job of other events", resources: [zone(), logpush({ dataset: "http_requests" })] },
    { what: "a job of another zone", resources: [zone(), logpush({ zoneId: "other" })] },
  ],
  boundary: { none: "a job is on or not" },
  absent: [
    { what: "no job", resources: [zone()] },
    { what: "jobs are off by default", resources: [zone(), logpush({ enabled: undefined })] },
  ],
  unknown: [{ what: "a switch that is not known yet", resources: [zone(), logpush({ enabled: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [zone(), logpush({ dataset: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a job alone", resources: [logpush()] }],
});
