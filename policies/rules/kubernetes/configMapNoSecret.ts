import type { ResourceRule } from "../../rule";
import { SECRETS } from "../support/clauses";
import { kind } from "./internal/objects";
import { holdsSecret } from "./internal/secrets";

export const configMapNoSecret: ResourceRule = {
  id: "config-map-no-secret",
  title: "No secret stands in a ConfigMap",
  area: "identity",
  severity: "critical",
  frameworks: SECRETS,
  why: "ConfigMaps are read by everybody who may look at a namespace, and are not encrypted as secrets are.",
  fix: "Keep the value in a secret store, and mount it from there.",
  scope: "resource",
  types: [kind("core", "ConfigMap(?:Patch)?")],
  check(configMap, context) {
    context.each(["data", "binaryData"], (field) => {
      if (configMap.isSecret(field)) {
        context.report(`${field} is a secret in clear`);
        return;
      }
      context.each(configMap.keys(field), (key) => {
        const path = `${field}["${key}"]`;
        if (configMap.isSecret(path)) {
          context.report(`${path} is a secret in clear`);
        } else if (holdsSecret(key, configMap.text(path) ?? "")) {
          context.report(`${path} looks like a secret in clear`);
        }
      });
    });
  },
};
