import { podHostNamespaces } from "../../../../policies/rules/kubernetes/podHostNamespaces";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podHostNamespaces, {
  passes: everyKind({ "spec.hostNetwork": false, "spec.hostPID": false, "spec.hostIPC": false }),
  fails: [
    ...everyKind({ "spec.hostNetwork": true }),
    { what: "the processes", resources: [pod({ "spec.hostPID": true })] },
    { what: "the memory", resources: [pod({ "spec.hostIPC": true })] },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [{ what: "not set", resources: [pod()], expect: "passed" }],
  unknown: [
    { what: "a switch that is not known yet", resources: [pod({ "spec.hostNetwork": unknown })] },
    {
      what: "another switch is on all the same",
      resources: [pod({ "spec.hostNetwork": unknown, "spec.hostPID": true })],
      expect: "violated",
    },
  ],
  secret: [{ what: "a secret is read", resources: [pod({ "spec.hostNetwork": secret(true) })], expect: "violated" }],
  notApplicable: NO_PODS,
});
