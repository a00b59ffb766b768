import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { at, eachPod, POD_TYPES } from "./internal/pods";

export const podResources: ResourceRule = {
  id: "pod-resources",
  title: "Every container asks for processor and memory, and is limited in both",
  area: "kubernetes",
  severity: "medium",
  frameworks: [soc2("A1.1"), iso27001("A.8.6"), gdpr("32(1)(b)")],
  why: "Without requests the scheduler fills a node until it fails; without limits one pod takes what the others need.",
  fix: "Set resources.limits.cpu and memory on the container or on the pod; without requests of their own they are the requests, too.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachPod(workload, context, (pod) => {
      // Ephemeral containers are not here: Kubernetes lets them have no resources.
      context.each([...pod.list("spec.initContainers"), ...pod.list("spec.containers")], (container) => {
        context.each(["cpu", "memory"], (resource) => {
          const path = `resources.limits.${resource}`;
          // Kubernetes takes a limit for a request that is missing.
          if (!container.has(path) && !pod.has(`spec.${path}`)) {
            context.report(`${at(container, path)} is not set`);
          }
        });
      });
    });
  },
};
