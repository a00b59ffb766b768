import { namespaceIngressDenied } from "../../../../policies/rules/kubernetes/namespaceIngressDenied";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { namespace, networkPolicy } from "./fixtures";

describeRule(namespaceIngressDenied, {
  passes: [
    { what: "a policy for all pods", resources: [namespace(), networkPolicy()] },
    {
      what: "a policy for all pods that allows something",
      resources: [namespace(), networkPolicy({ "spec.ingress": [{ ports: [{ port: 443 }] }] })],
    },
    {
      what: "two policies",
      resources: [
        namespace(),
        networkPolicy({ "spec.podSelector.matchLabels": { app: "api" } }, { name: "one" }),
        networkPolicy(),
      ],
    },
    {
      what: "names that are not known yet, joined by what they depend on",
      resources: [
        namespace({ "metadata.name": unknown }),
        networkPolicy({ "metadata.namespace": unknown }, { refers: { metadata: ["namespace"] } }),
      ],
    },
    {
      what: "only the policy's namespace is not known yet",
      resources: [
        namespace(),
        networkPolicy({ "metadata.namespace": unknown }, { refers: { metadata: ["namespace"] } }),
      ],
    },
    {
      what: "only the namespace's name is not known yet",
      resources: [namespace({ "metadata.name": unknown }), networkPolicy({}, { refers: { metadata: ["namespace"] } })],
    },
    {
      what: "a name that Pulumi makes up",
      resources: [namespace({ "metadata.name": undefined }, { id: "school" }), networkPolicy()],
    },
  ],
  fails: [
    { what: "only the other direction", resources: [namespace(), networkPolicy({ "spec.policyTypes": ["Egress"] })] },
    {
      what: "only some pods",
      resources: [namespace(), networkPolicy({ "spec.podSelector.matchLabels": { app: "api" } })],
    },
    {
      what: "only some pods, by an expression",
      resources: [
        namespace(),
        networkPolicy({ "spec.podSelector.matchExpressions": [{ key: "app", operator: "Exists" }] }),
      ],
    },
    {
      what: "a policy of another namespace",
      resources: [namespace(), networkPolicy({ "metadata.namespace": "other" })],
    },
    { what: "a policy of another cluster", resources: [namespace(), networkPolicy({}, { provider: {} })] },
  ],
  boundary: [
    {
      what: "no types, without rules for egress",
      resources: [namespace(), networkPolicy({ "spec.policyTypes": undefined })],
      expect: "passed",
    },
    {
      what: "no types, with rules for egress",
      resources: [namespace(), networkPolicy({ "spec.policyTypes": undefined, "spec.egress": [] })],
      expect: "passed",
    },
  ],
  absent: [{ what: "no policy", resources: [namespace()] }],
  unknown: [
    { what: "types that are not known yet", resources: [namespace(), networkPolicy({ "spec.policyTypes": unknown })] },
    {
      what: "pods that are not known yet",
      resources: [namespace(), networkPolicy({ "spec.podSelector.matchLabels": unknown })],
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [namespace(), networkPolicy({ "spec.policyTypes": secret(["Egress"]) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a policy alone", resources: [networkPolicy()] }],
});
