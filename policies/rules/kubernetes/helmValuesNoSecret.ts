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
    context.each(release.nodes("values"), (values) => look(values, "values"));

    function look(node: Node, name: string): void {
      if (node.isSecret("")) {
        return;
      }
      const keys = node.keys("");
      const items = keys.length > 0 ? [] : node.list("");
      context.each(keys, (key) => context.each(node.nodes(`["${key}"]`), (child) => look(child, nameIn(node, key))));
      context.each(items, (item) => look(item, name));
      const value = keys.length + items.length > 0 ? "" : (node.text("") ?? "");
      if (!namesSecret(name, value) && holdsSecret(name, value)) {
        context.report(`${node.path} looks like a secret in clear`);
      }
    }
  },
};

/** The name of a value: its key, or its neighbor `name`, as in lists of environment variables. */
function nameIn(node: Node, key: string): string {
  return key === "value" && !node.isUnknown("name") ? (node.text("name") ?? key) : key;
}

/** Charts take the name of a Kubernetes secret under keys such as `existingSecret`. */
function namesSecret(key: string, value: string): boolean {
  return /secret$/i.test(key) && /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(value);
}
