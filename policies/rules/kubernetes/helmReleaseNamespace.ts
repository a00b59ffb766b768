import { Undetermined } from "../../node";
import type { GraphRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { NAMESPACE, nameOf } from "./internal/objects";

export const helmReleaseNamespace: GraphRule = {
  id: "helm-release-namespace",
  title: "A Helm release goes into a namespace that the program makes",
  area: "kubernetes",
  severity: "high",
  frameworks: ISOLATION,
  why: "Nobody sees the pods of a release in a plan. What they may do is decided by their namespace: its Pod Security Standard and its network policies, which other rules check.",
  fix: "Make the Namespace in the program, name it in namespace, and leave createNamespace unset.",
  scope: "stack",
  types: ["kubernetes:helm.sh/v3:Release"],
  check(release, { graph, report }) {
    const inCluster = graph.ofType(NAMESPACE).filter(({ record }) => record.provider === release.record.provider);
    if (release.flag("createNamespace") === true) {
      report("createNamespace is true: Helm makes the namespace without labels");
    } else if (release.isUnknown("namespace")) {
      const dependencies = release.record.propertyDependencies?.namespace ?? [];
      if (!inCluster.some(({ urn }) => dependencies.includes(urn))) {
        throw new Undetermined("namespace", "unknown");
      }
    } else if (!inCluster.some((namespace) => nameOf(namespace) === (release.text("namespace") ?? "default"))) {
      report("its namespace is not made by the program, so nobody knows what its pods may do");
    }
  },
};
