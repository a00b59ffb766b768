import { podReadiness } from "../../../../policies/rules/kubernetes/podReadiness";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { deployment, NO_PODS } from "./fixtures";

const AT = "spec.template.spec.containers[0]";

describeRule(podReadiness, {
  passes: [
    { what: "a Deployment", resources: [deployment()] },
    {
      what: "a container without ports",
      resources: [deployment({ [`${AT}.ports`]: undefined, [`${AT}.readinessProbe`]: undefined })],
    },
  ],
  fails: [
    { what: "a container with a port and no probe", resources: [deployment({ [`${AT}.readinessProbe`]: undefined })] },
    {
      what: "a second container",
      resources: [
        deployment({ "spec.template.spec.containers[1]": { name: "metrics", ports: [{ containerPort: 9090 }] } }),
      ],
      message: /containers\[1\]/,
    },
  ],
  boundary: [
    {
      what: "a list of no ports",
      resources: [deployment({ [`${AT}.ports`]: [], [`${AT}.readinessProbe`]: undefined })],
      expect: "passed",
    },
  ],
  absent: [
    {
      what: "no probe at all",
      resources: [deployment({ [`${AT}.readinessProbe`]: undefined, [`${AT}.livenessProbe`]: undefined })],
    },
  ],
  unknown: [{ what: "a probe that is not known yet", resources: [deployment({ [`${AT}.readinessProbe`]: unknown })] }],
  secret: [
    {
      what: "a secret probe is one",
      resources: [deployment({ [`${AT}.readinessProbe`]: secret({ exec: {} }) })],
      expect: "passed",
    },
  ],
  notApplicable: [
    { what: "a job answers nobody", resources: [draft("kubernetes:batch/v1:Job", { spec: {} })] },
    ...NO_PODS,
  ],
});
