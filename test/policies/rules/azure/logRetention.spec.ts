import { logRetention } from "../../../../policies/rules/azure/logRetention";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { vault, versioned, workspace } from "./fixtures";

describeRule(logRetention, {
  passes: [{ what: "as it should be", resources: [workspace()] }],
  fails: [
    { what: "a month", resources: [workspace({ retentionInDays: 30 })] },
    { what: "longer than is allowed", resources: [workspace({ retentionInDays: 4000 })] },
    { what: "a version of the API that the program names", resources: [versioned(workspace({ retentionInDays: 30 }))] },
  ],
  boundary: [
    { what: "364 days", resources: [workspace({ retentionInDays: 364 })], expect: "violated" },
    { what: "365 days", resources: [workspace({ retentionInDays: 365 })], expect: "passed" },
    { what: "2557 days", resources: [workspace({ retentionInDays: 2557 })], expect: "passed" },
    { what: "2558 days", resources: [workspace({ retentionInDays: 2558 })], expect: "violated" },
    {
      what: "a shorter time is allowed",
      resources: [workspace()],
      settings: { maxRetentionDays: 364 },
      expect: "violated",
    },
  ],
  absent: [{ what: "not set", resources: [workspace({ retentionInDays: undefined })], expect: "violated" }],
  unknown: [{ what: "not known yet", resources: [workspace({ retentionInDays: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [workspace({ retentionInDays: secret(30) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
