import type { ResourceRule } from "../../rule";
import { SECRETS } from "../support/clauses";
import { at, eachContainer, POD_TYPES } from "./internal/pods";
import { holdsSecret } from "./internal/secrets";

export const podEnvNoSecret: ResourceRule = {
  id: "pod-env-no-secret",
  title: "No secret stands in clear in the environment of a container",
  area: "identity",
  severity: "critical",
  frameworks: SECRETS,
  why: "Who may list pods reads their environment; it is in the state of the cluster, in backups and in every crash report.",
  fix: "Mount the value from a secret store, or take it with valueFrom.secretKeyRef.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachContainer(workload, context, (container) => {
      context.each(container.list("env"), (variable) => {
        const name = variable.text("name") ?? "";
        if (variable.isSecret("value")) {
          context.report(`${at(variable, "value")} (${name}) is a secret in clear`);
        } else if (holdsSecret(name, variable.text("value") ?? "")) {
          context.report(`${at(variable, "value")} (${name}) looks like a secret in clear`);
        }
      });
    });
  },
};
