import { podSysctls } from "../../../../policies/rules/kubernetes/podSysctls";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podSysctls, {
  passes: everyKind({ "spec.securityContext.sysctls": [{ name: "net.ipv4.tcp_syncookies", value: "1" }] }),
  fails: everyKind({ "spec.securityContext.sysctls": [{ name: "kernel.msgmax", value: "1" }] }),
  boundary: [
    {
      what: "safe since v1.32",
      resources: [pod({ "spec.securityContext.sysctls": [{ name: "net.ipv4.tcp_rmem", value: "1" }] })],
      expect: "passed",
    },
    {
      what: "safe from v1.37 only",
      resources: [pod({ "spec.securityContext.sysctls": [{ name: "net.ipv4.tcp_notsent_lowat", value: "1" }] })],
      expect: "violated",
    },
  ],
  absent: [{ what: "none", resources: [pod()], expect: "passed" }],
  unknown: [
    {
      what: "a name that is not known yet",
      resources: [pod({ "spec.securityContext.sysctls": [{ name: unknown, value: "1" }] })],
    },
  ],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [pod({ "spec.securityContext.sysctls": [{ name: secret(HIDDEN), value: "1" }] })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
