import { routeWeights } from "../../../../policies/rules/kubernetes/routeWeights";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { route } from "./fixtures";

const BLUE = "spec.rules[0].backendRefs[0].weight";
const GREEN = "spec.rules[0].backendRefs[1].weight";

describeRule(routeWeights, {
  passes: [
    { what: "90 and 10", resources: [route()] },
    { what: "100 and 0", resources: [route({ [BLUE]: 100, [GREEN]: 0 })] },
    { what: "another rule that only redirects", resources: [route({ "spec.rules[1]": { filters: [] } })] },
    { what: "tenths", resources: [route({ [BLUE]: 999, [GREEN]: 1 })] },
    { what: "a single backend", resources: [route({ "spec.rules[0].backendRefs": [{ name: "blue" }] })] },
  ],
  fails: [
    { what: "90 and 20", resources: [route({ [GREEN]: 20 })], message: /110/ },
    { what: "all at 0", resources: [route({ [BLUE]: 0, [GREEN]: 0 })] },
    {
      what: "a single backend at 0",
      resources: [route({ "spec.rules[0].backendRefs": [{ name: "blue", weight: 0 }] })],
    },
    {
      what: "a second rule",
      resources: [
        route({
          "spec.rules[1]": {
            backendRefs: [
              { name: "a", weight: 1 },
              { name: "b", weight: 1 },
            ],
          },
        }),
      ],
      message: /rules\[1\]/,
    },
    {
      what: "a route of gRPC",
      resources: [
        draft("kubernetes:gateway.networking.k8s.io/v1:GRPCRoute", {
          spec: { rules: [{ backendRefs: [{ weight: 1 }, { weight: 2 }] }] },
        }),
      ],
    },
  ],
  boundary: [
    { what: "99", resources: [route({ [GREEN]: 9 })], expect: "violated" },
    { what: "100", resources: [route({ [GREEN]: 10 })], expect: "passed" },
    { what: "101", resources: [route({ [GREEN]: 11 })], expect: "violated" },
  ],
  absent: [{ what: "Kubernetes' own default is 1", resources: [route({ [BLUE]: undefined, [GREEN]: undefined })] }],
  unknown: [{ what: "a weight that is not known yet", resources: [route({ [GREEN]: unknown })] }],
  secret: [{ what: "a secret is read", resources: [route({ [GREEN]: secret(20) })], expect: "violated" }],
  notApplicable: [{ what: "a route that only redirects", resources: [route({ "spec.rules": [{ filters: [] }] })] }],
});
