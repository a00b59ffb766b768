import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";

export const lambdaNotPublic: ResourceRule = {
  id: "lambda-not-public",
  title: "A function is called by named services and accounts only",
  area: "exposure",
  severity: "critical",
  frameworks: [ferpa("99.31(a)(1)(ii)"), coppa("312.8(a)"), gdpr("32(1)(b)"), soc2("CC6.1"), iso27001("A.8.3")],
  why: "A function that everybody may call is an API without a login.",
  fix: "Name the principal in the Permission, with sourceArn or sourceAccount for a service; set a FunctionUrl's authorizationType to AWS_IAM.",
  scope: "resource",
  types: ["aws:lambda/permission:Permission", "aws:lambda/functionUrl:FunctionUrl"],
  check(permission, { report }) {
    if (permission.type.endsWith("FunctionUrl")) {
      if (permission.text("authorizationType") !== "AWS_IAM") {
        report("authorizationType is not AWS_IAM");
      }
      return;
    }
    const isNarrow = ["sourceArn", "sourceAccount", "principalOrgId"].some((property) => permission.has(property));
    if (permission.text("principal") === "*" && !permission.has("principalOrgId")) {
      report("principal is everybody");
    } else if ((permission.text("principal") ?? "").endsWith(".amazonaws.com") && !isNarrow) {
      report("any account can call it through the service: neither sourceArn nor sourceAccount is set");
    }
  },
};
