import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { Node } from "../../node";
import type { GraphRule } from "../../rule";
import { looksSecret } from "../support/secrets";
import { STACK } from "../support/types";

/** Looks into an output, at any depth. */
function look(node: Node, name: string, report: (message: string) => void): void {
  if (node.isSecret("") || node.isUnknown("")) {
    return;
  }
  const children = node.nodes("*");
  for (const child of children) {
    look(child, child.path.split(/[.[]/).at(-1) ?? name, report);
  }
  const value = children.length === 0 ? node.value() : undefined;
  if (typeof value === "string" && looksSecret(name, value)) {
    report(`${node.path} looks like a secret in clear`);
  }
}

export const stackOutputsNoSecrets: GraphRule = {
  id: "stack-outputs-no-secrets",
  title: "The outputs of a stack show no secrets",
  area: "identity",
  severity: "critical",
  frameworks: [soc2("CC6.1"), gdpr("32(1)(a)"), ferpa("99.31(a)(1)(ii)"), iso27001("A.5.17")],
  why: "Outputs are read by other stacks, pipelines and people, and printed by every `pulumi up`.",
  fix: "Export the value as a secret, or the ARN of what holds it.",
  scope: "stacks",
  types: [STACK],
  applies: (stack) => stack.keys("").length > 0,
  check(stack, { report, each }) {
    each(stack.nodes("*"), (output) => look(output, output.path, report));
  },
};
