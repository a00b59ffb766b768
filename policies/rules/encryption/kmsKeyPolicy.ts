import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { allows, isConditional, isForEverybody, statementsOf } from "../support/documents";
import { KEY } from "../support/types";

export const kmsKeyPolicy: ResourceRule = {
  id: "kms-key-policy",
  title: "A key is for named principals only",
  area: "encryption",
  severity: "high",
  frameworks: [ferpa("99.31(a)(1)(ii)"), gdpr("32(1)(b)"), soc2("CC6.1"), iso27001("A.8.24"), iso27001("A.8.3")],
  why: "A key that everybody may use protects nothing.",
  fix: "Name accounts, roles or services in the key's policy, or limit the statement with a condition.",
  scope: "resource",
  types: [KEY, "aws:kms/keyPolicy:KeyPolicy"],
  // Without a policy it is the account's default one.
  applies: (key) => key.has("policy"),
  check(key, { report, each }) {
    each(statementsOf(key.json("policy")), (statement) => {
      if (allows(statement) && isForEverybody(statement) && !isConditional(statement)) {
        report("the policy allows everybody to use the key");
      }
    });
  },
};
