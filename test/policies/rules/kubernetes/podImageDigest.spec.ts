import { podImageDigest } from "../../../../policies/rules/kubernetes/podImageDigest";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, IMAGE, NO_PODS, pod } from "./fixtures";

describeRule(podImageDigest, {
  passes: everyKind(),
  fails: [
    ...everyKind({ "spec.containers[0].image": "registry.example.com/school/api:1.2.3" }),
    ...everyContainer({ image: "registry.example.com/school/api:1.2.3" }),
    {
      what: "an image that is a volume",
      resources: [pod({ "spec.volumes[1]": { name: "model", image: { reference: "models/finn:2" } } })],
    },
  ],
  boundary: [
    {
      what: "a digest with its tag",
      resources: [pod({ "spec.containers[0].image": IMAGE.replace("@", ":1.2.3@") })],
      expect: "passed",
    },
    {
      what: "a digest that is one digit short",
      resources: [pod({ "spec.containers[0].image": IMAGE.slice(0, -1) })],
      expect: "violated",
    },
    {
      what: "a digest in capital letters is none",
      resources: [pod({ "spec.containers[0].image": IMAGE.replace("abcdef", "ABCDEF") })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no image", resources: [pod({ "spec.containers[0].image": undefined })] }],
  unknown: [{ what: "an image that is not known yet", resources: [pod({ "spec.containers[0].image": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [pod({ "spec.containers[0].image": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
