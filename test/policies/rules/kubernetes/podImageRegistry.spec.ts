import { podImageRegistry } from "../../../../policies/rules/kubernetes/podImageRegistry";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, pod } from "./fixtures";

const ALLOWED = { registries: ["registry.example.com/school"] };

describeRule(podImageRegistry, {
  passes: [
    { what: "the registry that is allowed", resources: [pod()], settings: ALLOWED },
    { what: "one of two registries", resources: [pod()], settings: { registries: ["ghcr.io", ...ALLOWED.registries] } },
    {
      what: "a slash at the end of what is allowed",
      resources: [pod()],
      settings: { registries: ["registry.example.com/"] },
    },
    {
      what: "Docker Hub in full",
      resources: [pod({ "spec.containers[0].image": "nginx" })],
      settings: { registries: ["docker.io/library"] },
    },
  ],
  fails: [
    ...everyContainer({ image: "ghcr.io/else/api:1" }).map((one) => ({ ...one, settings: ALLOWED })),
    {
      what: "an image that is a volume",
      resources: [pod({ "spec.volumes[1]": { name: "model", image: { reference: "ghcr.io/finn:2" } } })],
      settings: ALLOWED,
    },
  ],
  boundary: [
    {
      what: "a registry whose name only begins like it",
      resources: [pod()],
      settings: { registries: ["registry.example.co"] },
      expect: "violated",
    },
    {
      what: "a folder whose name only begins like it",
      resources: [pod({ "spec.containers[0].image": "registry.example.com/schools/api" })],
      settings: { registries: ["registry.example.com/school"] },
      expect: "violated",
    },
  ],
  absent: [{ what: "no image", resources: [pod({ "spec.containers[0].image": undefined })], settings: ALLOWED }],
  unknown: [
    {
      what: "an image that is not known yet",
      resources: [pod({ "spec.containers[0].image": unknown })],
      settings: ALLOWED,
    },
  ],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [pod({ "spec.containers[0].image": secret(HIDDEN) })],
      settings: ALLOWED,
      expect: "violated",
    },
  ],
  notApplicable: [
    { what: "no registry is set", resources: [pod({ "spec.containers[0].image": "ghcr.io/else/api:1" })] },
  ],
});
