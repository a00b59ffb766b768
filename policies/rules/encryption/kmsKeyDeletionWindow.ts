import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { KEY } from "../support/types";

export const kmsKeyDeletionWindow: ResourceRule = {
  id: "kms-key-deletion-window",
  title: "A key that is deleted by mistake can be brought back for two weeks",
  area: "encryption",
  severity: "high",
  frameworks: [gdpr("32(1)(b)"), soc2("A1.2"), iso27001("A.8.24")],
  why: "With its key, everything that was encrypted under it is gone.",
  fix: "Set deletionWindowInDays to 14 or more (30 without), and leave bypassPolicyLockoutSafetyCheck off.",
  scope: "resource",
  types: [KEY, "aws:kms/replicaKey:ReplicaKey"],
  check(key, { report }) {
    const days = key.number("deletionWindowInDays") ?? 30;
    if (days < 14) {
      report(`deletionWindowInDays is ${days}, fewer than 14`);
    }
    if (key.flag("bypassPolicyLockoutSafetyCheck") === true) {
      report("bypassPolicyLockoutSafetyCheck is on: the account can lock itself out of the key");
    }
  },
};
