import type { GraphRule } from "../../rule";
import { LEAST_PRIVILEGE } from "../support/clauses";
import { kind, nameOf, neighbors } from "./internal/objects";
import { accountOf, at, eachPod, POD_TYPES } from "./internal/pods";

const FIELD = "automountServiceAccountToken";

export const podTokenNotMounted: GraphRule = {
  id: "pod-token-not-mounted",
  title: "No pod is given a token for the Kubernetes API without asking for one",
  area: "identity",
  severity: "high",
  frameworks: LEAST_PRIVILEGE,
  why: "By default each pod holds a token of its account, which whoever breaks into it uses against the cluster.",
  fix: "Set automountServiceAccountToken to false on the pod or its account; mount a projected token with an audience where one is needed.",
  scope: "stack",
  types: POD_TYPES,
  check(workload, context) {
    eachPod(workload, context, (pod) => {
      const own = pod.flag(`spec.${FIELD}`);
      const account = accountOf(pod);
      const inherited = () =>
        neighbors(workload, context.graph, kind("core", "ServiceAccount"))
          .find((one) => nameOf(one) === account)
          ?.flag(FIELD);
      if ((own ?? inherited()) !== false) {
        context.report(`${at(pod, `spec.${FIELD}`)} is not false`);
      }
    });
  },
};
