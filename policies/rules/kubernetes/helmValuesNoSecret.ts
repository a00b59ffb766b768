import type { Node } from "../../node";
import type { ResourceRule } from "../../rule";
import { SECRETS } from "../support/clauses";
import { holdsSecret } from "./internal/secrets";

export const helmValuesNoSecret: ResourceRule = {
  id: "helm-values-no-secret",
  title: "No secret stands in clear among the values of a chart",
  area: "identity",
  severity: "critical",
  frameworks: SECRETS,
  why: "Values are in the state, in plans and in logs of deployments in clear, unless Pulumi knows them as secret.",
  fix: "Name a Kubernetes secret in the values, or give the value as pulumi.secret(...).",
  scope: "resource",
  types: [/^kubernetes:helm\.sh\/v\d:(Release|Chart)$/],
  check(release, context) {
    look(release, "values");

    function look(parent: Node, name: string): void {
      const path = `["${name}"]`;
      if (parent.isSecret(path)) {
        return;
      }
      context.each(parent.nodes(path), (node) => {
        const keys = node.keys("");
        const items = node.list("");
        if (keys.length > 0) {
          context.each(keys, (key) => look(node, key));
        } else if (items.length > 0) {
          context.each(items, (item) => context.each(item.keys(""), (key) => look(item, key)));
        } else if (!namesSecret(name, node.text("") ?? "") && holdsSecret(name, node.text("") ?? "")) {
          context.report(`${node.path} looks like a secret in clear`);
        }
      });
    }
  },
};

/** Charts take the name of a Kubernetes secret under keys such as `existingSecret`. */
function namesSecret(key: string, value: string): boolean {
  return /secret$/i.test(key) && /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(value);
}
