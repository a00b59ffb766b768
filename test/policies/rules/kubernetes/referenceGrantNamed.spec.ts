import type { Value } from "../../../../pulumi/values";
import { referenceGrantNamed } from "../../../../policies/rules/kubernetes/referenceGrantNamed";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { route } from "./fixtures";

function grant(to: Value[]) {
  return draft("kubernetes:gateway.networking.k8s.io/v1beta1:ReferenceGrant", {
    spec: { from: [{ namespace: "edge" }], to },
  });
}

describeRule(referenceGrantNamed, {
  passes: [{ what: "a name", resources: [grant([{ group: "", kind: "Service", name: "api" }])] }],
  fails: [
    {
      what: "one of two",
      resources: [
        grant([
          { group: "", kind: "Service", name: "api" },
          { group: "", kind: "Secret" },
        ]),
      ],
      message: /to\[1\]/,
    },
  ],
  boundary: [
    { what: "an empty name", resources: [grant([{ group: "", kind: "Service", name: "" }])], expect: "violated" },
  ],
  absent: [{ what: "no name is every object of the kind", resources: [grant([{ group: "", kind: "Service" }])] }],
  unknown: [
    { what: "a name that is not known yet", resources: [grant([{ group: "", kind: "Service", name: unknown }])] },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [grant([{ group: "", kind: "Service", name: secret("") }])],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a route", resources: [route()] }],
});
