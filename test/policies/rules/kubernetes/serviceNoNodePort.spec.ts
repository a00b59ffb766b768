import { serviceNoNodePort } from "../../../../policies/rules/kubernetes/serviceNoNodePort";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { deployment, service } from "./fixtures";

describeRule(serviceNoNodePort, {
  passes: [{ what: "an address inside of the cluster", resources: [service()] }],
  fails: [{ what: "a port of every node", resources: [service({ "spec.type": "NodePort" })] }],
  boundary: { none: "a type has no limit" },
  absent: [
    {
      what: "Kubernetes' own default is ClusterIP",
      resources: [service({ "spec.type": undefined })],
      expect: "passed",
    },
  ],
  unknown: [{ what: "a type that is not known yet", resources: [service({ "spec.type": unknown })] }],
  secret: [{ what: "a secret is read", resources: [service({ "spec.type": secret("NodePort") })], expect: "violated" }],
  notApplicable: [{ what: "a Deployment", resources: [deployment()] }],
});
