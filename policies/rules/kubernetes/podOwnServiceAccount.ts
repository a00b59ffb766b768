import type { ResourceRule } from "../../rule";
import { LEAST_PRIVILEGE } from "../support/clauses";
import { accountOf, at, eachPod, POD_TYPES } from "./internal/pods";

export const podOwnServiceAccount: ResourceRule = {
  id: "pod-own-service-account",
  title: "Pods do not run as the default service account",
  area: "identity",
  severity: "high",
  frameworks: LEAST_PRIVILEGE,
  why: "The default account is shared by all pods of a namespace: what one of them is allowed, all are allowed.",
  fix: "Make a service account for the workload, and name it in serviceAccountName.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachPod(workload, context, (pod) => {
      if (accountOf(pod) === "default") {
        context.report(`${at(pod, "spec.serviceAccountName")} is the default account`);
      }
    });
  },
};
