import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { expiryDaysOf, holdsRecords } from "../support/stores";
import { BUCKET, BUCKET_LOCK, VAULT_LOCK } from "../support/types";

export const objectLockWithinMaximum: GraphRule = {
  id: "object-lock-within-maximum",
  title: "Nothing is locked for longer than it may be kept",
  area: "retention",
  severity: "high",
  frameworks: [coppa("312.10"), gdpr("5(1)(e)"), gdpr("17"), soc2("C1.2"), iso27001("A.8.10"), iso27001("A.5.33")],
  why: "What is locked cannot be deleted, whatever the law says.",
  fix: "Lock for fewer days than the bucket's objects, or the vault's recovery points, are kept at most.",
  scope: "stack",
  types: [BUCKET_LOCK, VAULT_LOCK],
  settings: ["dataTag", "recordClasses", "maxRetentionDays"],
  check(lock, { report, graph, each, settings }) {
    if (lock.type === VAULT_LOCK) {
      const days = lock.number("maxRetentionDays");
      if (days === undefined || days > settings.maxRetentionDays) {
        report(`maxRetentionDays is ${days ?? "not set"}; ${settings.maxRetentionDays} at most`);
      }
      return;
    }
    const days =
      (lock.number("rule.defaultRetention.days") ?? 0) + 365 * (lock.number("rule.defaultRetention.years") ?? 0);
    each(graph.targets(lock, "bucket", BUCKET), (bucket) => {
      const expiry = expiryDaysOf(bucket, graph);
      if (expiry !== undefined && days > expiry) {
        report(`objects are locked for ${days} days, and expire after ${expiry}`);
      }
      if (holdsRecords(bucket, settings) && days > settings.maxRetentionDays) {
        report(`data about pupils is locked for ${days} days, more than ${settings.maxRetentionDays}`);
      }
    });
  },
};
