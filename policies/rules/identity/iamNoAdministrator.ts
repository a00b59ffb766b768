import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { ROLE } from "../support/types";

const BROAD = /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

export const iamNoAdministrator: ResourceRule = {
  id: "iam-no-administrator",
  title: "No role of the deployment is an administrator",
  area: "identity",
  severity: "critical",
  frameworks: [ferpa("99.31(a)(1)(ii)"), coppa("312.8(b)"), gdpr("32(1)(b)"), soc2("CC6.3"), iso27001("A.8.2")],
  why: "Who gets hold of such a role has the account.",
  fix: "Attach a policy with what the role needs instead of AdministratorAccess, PowerUserAccess or IAMFullAccess.",
  scope: "resource",
  types: [ROLE, /^aws:iam\/(role|user|group)PolicyAttachment:/, "aws:iam/policyAttachment:PolicyAttachment"],
  applies: (holder) => holder.type !== ROLE || holder.texts("managedPolicyArns").length > 0,
  check(holder, { report }) {
    const policies = [...holder.texts("managedPolicyArns"), holder.text("policyArn") ?? ""];
    if (policies.some((policy) => BROAD.test(policy))) {
      report("it has a managed policy that allows everything");
    }
  },
};
