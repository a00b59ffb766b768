import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { SECRET } from "../support/types";

export const secretCustomerKey: ResourceRule = {
  id: "secret-customer-key",
  title: "A secret is encrypted under a key of the account",
  area: "encryption",
  severity: "medium",
  frameworks: [gdpr("32(1)(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "With the account's own key, who may read the secret and who may use the key are two decisions.",
  fix: "Set kmsKeyId.",
  scope: "resource",
  types: [SECRET],
  check(secret, { report }) {
    if (!secret.has("kmsKeyId")) {
      report("kmsKeyId is not set");
    }
  },
};
