import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { Node } from "../../node";
import type { ResourceRule } from "../../rule";
import { statementsOf } from "../support/documents";
import { ROLE } from "../support/types";

/** Statements by which the service accounts of a cluster take a role. */
function federated(role: Node): Node[] {
  return statementsOf(role.json("assumeRolePolicy")).filter((statement) =>
    statement.texts("Principal.Federated").some((provider) => provider.includes("oidc-provider/oidc.eks.")),
  );
}

/** A key with dots and colons as a path. */
function quoted(key: string): string {
  return `["${key}"]`;
}

export const iamIrsaExactSubject: ResourceRule = {
  id: "iam-irsa-exact-subject",
  title: "A role of a service account is for exactly that one",
  area: "identity",
  severity: "critical",
  frameworks: [
    ferpa("99.31(a)(1)(ii)"),
    coppa("312.8(b)"),
    gdpr("32(1)(b)"),
    soc2("CC6.3"),
    iso27001("A.8.2"),
    soc2("CC6.1"),
  ],
  why: "With a pattern in the subject, or without an audience, any pod that can make a service account takes the role.",
  fix: "In the trust policy compare :sub with StringEquals to system:serviceaccount:<namespace>:<name>, and :aud to sts.amazonaws.com.",
  scope: "resource",
  types: [ROLE],
  applies: (role) => federated(role).length > 0,
  check(role, { report, each }) {
    each(federated(role), (statement) => {
      const equal = statement.nodes("Condition.StringEquals")[0];
      const keys = equal?.keys("") ?? [];
      const subjects = keys.filter((key) => key.endsWith(":sub")).flatMap((key) => equal!.texts(quoted(key)));
      const audiences = keys.filter((key) => key.endsWith(":aud")).flatMap((key) => equal!.texts(quoted(key)));
      if (
        subjects.length === 0 ||
        !subjects.every((subject) => /^system:serviceaccount:[^:*?]+:[^:*?]+$/.test(subject))
      ) {
        report("its trust policy does not compare :sub with one service account (StringEquals)");
      }
      if (!audiences.includes("sts.amazonaws.com")) {
        report("its trust policy does not compare :aud with sts.amazonaws.com");
      }
    });
  },
};
