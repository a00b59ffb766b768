import { eksControlPlaneLogs } from "../../../../policies/rules/logging/eksControlPlaneLogs";
import { CLUSTER } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(eksControlPlaneLogs, {
  ...valuesOf({
    type: CLUSTER,
    path: "enabledClusterLogTypes",
    good: [["api", "audit", "authenticator", "controllerManager", "scheduler"]],
    bad: [[], ["api", "audit"]],
  }),
  boundary: [
    {
      what: "four of five",
      resources: [draft(CLUSTER, { enabledClusterLogTypes: ["api", "audit", "controllerManager", "scheduler"] })],
      expect: "violated",
      message: /lacks authenticator/,
    },
  ],
});
