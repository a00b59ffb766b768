import { versionsEndingSoon } from "../../../../policies/rules/versions/versionsEndingSoon";
import { DATABASE, CLUSTER } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

describeRule(versionsEndingSoon, {
  passes: [{ what: "far away", resources: [draft(CLUSTER, { version: "1.35" })], today: "2026-11-21" }],
  fails: [
    { what: "a cluster", resources: [draft(CLUSTER, { version: "1.34" })], message: /2026-12-02, in 11 days/ },
    { what: "a database", resources: [draft(DATABASE, { engineVersion: "14.20" })], today: "2027-01-01" },
    {
      what: "a function",
      resources: [draft("aws:lambda/function:Function", { runtime: "nodejs22.x" })],
      today: "2027-04-01",
    },
  ],
  boundary: [
    { what: "91 days", resources: [draft(CLUSTER, { version: "1.35" })], today: "2026-12-26", expect: "passed" },
    { what: "90 days", resources: [draft(CLUSTER, { version: "1.35" })], today: "2026-12-27", expect: "violated" },
    { what: "past its end it is another rule's", resources: [draft(CLUSTER, { version: "1.33" })], expect: "passed" },
  ],
  absent: [{ what: "no version", resources: [draft(CLUSTER, {})], expect: "passed" }],
  unknown: [{ what: "the version", resources: [draft(CLUSTER, { version: unknown })] }],
  secret: [{ what: "a secret version", resources: [draft(CLUSTER, { version: secret("1.34") })], expect: "violated" }],
  notApplicable: [
    { what: "a language without a table", resources: [draft("aws:lambda/function:Function", { runtime: "java21" })] },
  ],
});
