import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { LOG_GROUP } from "../support/types";

export const logGroupCustomerKey: ResourceRule = {
  id: "log-group-customer-key",
  title: "A log group is encrypted under a key of the account",
  area: "encryption",
  severity: "medium",
  frameworks: [gdpr("32(1)(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Logs hold addresses, user names and what failed in a request.",
  fix: "Set kmsKeyId to a key whose policy lets CloudWatch Logs of the region use it.",
  scope: "resource",
  types: [LOG_GROUP],
  check(logGroup, { report }) {
    if (!logGroup.has("kmsKeyId")) {
      report("kmsKeyId is not set");
    }
  },
};
