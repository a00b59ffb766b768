import { serviceInternal } from "../../../../policies/rules/kubernetes/serviceInternal";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { service } from "./fixtures";

const ANNOTATIONS = {
  "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
  "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
  "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
  "networking.gke.io/load-balancer-type": "Internal",
};

describeRule(serviceInternal, {
  passes: Object.entries(ANNOTATIONS).map(([key, value]) => ({
    what: key,
    resources: [service({ "spec.type": "LoadBalancer", "metadata.annotations": { [key]: value } })],
  })),
  fails: Object.keys(ANNOTATIONS).map((key) => ({
    what: `another value of ${key}`,
    resources: [service({ "spec.type": "LoadBalancer", "metadata.annotations": { [key]: "internet-facing" } })],
  })),
  boundary: { none: "an annotation is there or not" },
  absent: [{ what: "no annotation", resources: [service({ "spec.type": "LoadBalancer" })] }],
  unknown: [
    { what: "a type that is not known yet", resources: [service({ "spec.type": unknown })] },
    {
      what: "annotations that are not known yet",
      resources: [service({ "spec.type": "LoadBalancer", "metadata.annotations": unknown })],
    },
  ],
  secret: [
    { what: "a secret is read", resources: [service({ "spec.type": secret("LoadBalancer") })], expect: "violated" },
  ],
  notApplicable: [
    { what: "an address inside of the cluster", resources: [service()] },
    { what: "no type", resources: [service({ "spec.type": undefined })] },
  ],
});
