import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { Node } from "../../node";
import type { ResourceRule } from "../../rule";
import { KEY } from "../support/types";

/** Keys for signatures, and pairs of keys, cannot be rotated by KMS. */
function isAsymmetric(key: Node): boolean {
  return !(key.text("customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT").startsWith("SYMMETRIC");
}

export const kmsKeyRotation: ResourceRule = {
  id: "kms-key-rotation",
  title: "A key is rotated at least once a year",
  area: "encryption",
  severity: "high",
  frameworks: [soc2("CC6.1"), gdpr("32(1)(a)"), iso27001("A.8.24")],
  why: "What was encrypted under a key that leaked stays readable; rotation limits how much that is.",
  fix: "Set enableKeyRotation to true, and rotationPeriodInDays to 365 at most.",
  scope: "resource",
  types: [KEY],
  applies: (key) => (key.text("keyUsage") ?? "ENCRYPT_DECRYPT") === "ENCRYPT_DECRYPT" && !isAsymmetric(key),
  check(key, { report }) {
    if (key.flag("enableKeyRotation") !== true) {
      report("enableKeyRotation is not true");
    }
    const days = key.number("rotationPeriodInDays") ?? 365;
    if (days > 365) {
      report(`rotationPeriodInDays is ${days}, more than 365`);
    }
  },
};
