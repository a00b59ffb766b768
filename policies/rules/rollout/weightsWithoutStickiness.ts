import { iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { LISTENER, LISTENER_RULE, TARGET_GROUP } from "../support/types";

export const weightsWithoutStickiness: ResourceRule = {
  id: "weights-without-stickiness",
  title: "A router's weights hold for every request",
  area: "rollout",
  severity: "medium",
  frameworks: [soc2("CC8.1"), soc2("A1.2"), iso27001("A.8.32")],
  why: "With sticky sessions a rollback to 0 % leaves users on the broken color until their cookies expire.",
  fix: "Leave forward.stickiness off, and keep sessions in a shared store.",
  scope: "resource",
  types: [LISTENER, LISTENER_RULE, TARGET_GROUP],
  check(router, { report }) {
    const paths = [
      "actions[*].forward.stickiness.enabled",
      "defaultActions[*].forward.stickiness.enabled",
      "stickiness.enabled",
    ];
    if (paths.some((path) => router.texts(path).includes("true"))) {
      report("stickiness is on");
    }
  },
};
