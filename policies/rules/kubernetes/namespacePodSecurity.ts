import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { NAMESPACE } from "./internal/objects";

const PREFIX = "pod-security.kubernetes.io/";

export const namespacePodSecurity: ResourceRule = {
  id: "namespace-pod-security",
  title: "Every namespace enforces the restricted Pod Security Standard, in a version that is named",
  area: "kubernetes",
  severity: "high",
  frameworks: ISOLATION,
  why: "What is checked in the plan is only what comes through the plan: the namespace refuses the rest. Without a version an upgrade of the cluster changes what is refused.",
  fix: "Label the namespace enforce, audit and warn: restricted, and enforce-version with a version such as v1.35.",
  scope: "resource",
  types: [NAMESPACE],
  check(namespace, context) {
    context.each(["enforce", "audit", "warn"], (mode) => {
      if (namespace.text(`metadata.labels["${PREFIX}${mode}"]`) !== "restricted") {
        context.report(`the label ${PREFIX}${mode} is not restricted`);
      }
    });
    const version = namespace.text(`metadata.labels["${PREFIX}enforce-version"]`) ?? "latest";
    if (!/^v1\.\d+$/.test(version)) {
      context.report(`the label ${PREFIX}enforce-version names no version`);
    }
  },
};
