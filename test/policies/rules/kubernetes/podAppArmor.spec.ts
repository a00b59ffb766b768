import { podAppArmor } from "../../../../policies/rules/kubernetes/podAppArmor";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

const ANNOTATION = 'metadata.annotations["container.apparmor.security.beta.kubernetes.io/api"]';

describeRule(podAppArmor, {
  passes: [
    ...everyKind({ "spec.securityContext.appArmorProfile.type": "RuntimeDefault" }),
    { what: "a profile of the node", resources: [pod({ "spec.securityContext.appArmorProfile.type": "Localhost" })] },
    { what: "the old annotation", resources: [pod({ [ANNOTATION]: "localhost/api" })] },
  ],
  fails: [
    ...everyKind({ "spec.securityContext.appArmorProfile.type": "Unconfined" }),
    ...everyContainer({ "securityContext.appArmorProfile.type": "Unconfined" }),
    ...everyKind({ [ANNOTATION]: "unconfined" }),
  ],
  boundary: [
    {
      what: "a profile without a type",
      resources: [pod({ "spec.securityContext.appArmorProfile": {} })],
      expect: "violated",
    },
    { what: "an empty annotation", resources: [pod({ [ANNOTATION]: "" })], expect: "passed" },
    {
      what: "a text that only begins like the default",
      resources: [pod({ [ANNOTATION]: "runtime/defaults" })],
      expect: "violated",
    },
  ],
  absent: [{ what: "the node's default", resources: [pod()], expect: "passed" }],
  unknown: [
    {
      what: "a type that is not known yet",
      resources: [pod({ "spec.securityContext.appArmorProfile.type": unknown })],
    },
    { what: "an annotation that is not known yet", resources: [pod({ [ANNOTATION]: unknown })] },
  ],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [pod({ "spec.securityContext.appArmorProfile.type": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
