import { ferpa, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";

export const iamNoUsers: ResourceRule = {
  id: "iam-no-users",
  title: "There are no users and access keys",
  area: "identity",
  severity: "high",
  frameworks: [soc2("CC6.2"), soc2("CC6.1"), ferpa("99.31(a)(1)(ii)"), iso27001("A.5.17"), iso27001("A.8.5")],
  why: "A long-lived key is copied, committed and forgotten, and works until somebody notices.",
  fix: "Use roles: for people through IAM Identity Center, for machines through OIDC or IRSA.",
  scope: "resource",
  types: ["aws:iam/user:User", "aws:iam/accessKey:AccessKey", "aws:iam/userLoginProfile:UserLoginProfile"],
  check(user, { report }) {
    report(`the program makes a long-lived identity (${user.type.split(":").at(-1)})`);
  },
};
