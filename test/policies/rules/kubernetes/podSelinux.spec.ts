import { podSelinux } from "../../../../policies/rules/kubernetes/podSelinux";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podSelinux, {
  passes: everyKind({ "spec.securityContext.seLinuxOptions": { type: "container_t", level: "s0" } }),
  fails: [
    ...everyKind({ "spec.securityContext.seLinuxOptions.type": "spc_t" }),
    ...everyContainer({ "securityContext.seLinuxOptions.user": "system_u" }),
    { what: "a role", resources: [pod({ "spec.securityContext.seLinuxOptions.role": "sysadm_r" })] },
  ],
  boundary: [
    {
      what: "an empty type, user and role",
      resources: [pod({ "spec.securityContext.seLinuxOptions": { type: "", user: "", role: "" } })],
      expect: "passed",
    },
    {
      what: "allowed since v1.31",
      resources: [pod({ "spec.securityContext.seLinuxOptions.type": "container_engine_t" })],
      expect: "passed",
    },
  ],
  absent: [{ what: "none", resources: [pod()], expect: "passed" }],
  unknown: [
    { what: "a type that is not known yet", resources: [pod({ "spec.securityContext.seLinuxOptions.type": unknown })] },
  ],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [pod({ "spec.securityContext.seLinuxOptions.type": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
