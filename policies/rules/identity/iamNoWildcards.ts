import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { allows, statementsOf } from "../support/documents";
import { IAM_POLICY, ROLE } from "../support/types";

function isAll(names: readonly string[]): boolean {
  return names.some((name) => name === "*" || name === "*:*");
}

export const iamNoWildcards: ResourceRule = {
  id: "iam-no-wildcards",
  title: "No policy allows everything",
  area: "identity",
  severity: "critical",
  frameworks: [
    ferpa("99.31(a)(1)(ii)"),
    coppa("312.8(b)"),
    gdpr("32(1)(b)"),
    soc2("CC6.3"),
    iso27001("A.8.2"),
    iso27001("A.5.18"),
  ],
  why: "Who gets hold of such a role has the account.",
  fix: "Name the actions and the resources; write no NotAction into a statement that allows.",
  scope: "resource",
  types: [IAM_POLICY, ROLE],
  applies: (holder) => holder.has("policy") || holder.list("inlinePolicies").length > 0,
  check(holder, { report, each }) {
    const documents = [holder.json("policy"), ...holder.list("inlinePolicies").map((inline) => inline.json("policy"))];
    each(documents.flatMap(statementsOf).filter(allows), (statement) => {
      if (statement.has("NotAction")) {
        report("a statement allows everything but what it names (NotAction)");
      }
      if (isAll(statement.texts("Action")) && isAll(statement.texts("Resource"))) {
        report("a statement allows every action on every resource");
      }
    });
  },
};
