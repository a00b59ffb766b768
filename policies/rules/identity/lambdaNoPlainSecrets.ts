import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { looksSecret } from "../support/secrets";

export const lambdaNoPlainSecrets: ResourceRule = {
  id: "lambda-no-plain-secrets",
  title: "The environment of a function holds no plain secrets",
  area: "identity",
  severity: "critical",
  frameworks: [soc2("CC6.1"), gdpr("32(1)(a)"), ferpa("99.31(a)(1)(ii)"), iso27001("A.5.17")],
  why: "Variables of a function are shown to everybody who may list functions, and lie in Pulumi's state.",
  fix: "Put the value into Secrets Manager, and its ARN into the variable.",
  scope: "resource",
  types: ["aws:lambda/function:Function"],
  applies: (lambda) => lambda.keys("environment.variables").length > 0,
  check(lambda, { report, each }) {
    each(lambda.keys("environment.variables"), (name) => {
      const path = `environment.variables.${name}`;
      if (looksSecret(name, lambda.text(path)) && !lambda.isSecret(path)) {
        report(`the variable ${name} looks like a secret in clear`);
      }
    });
  },
};
