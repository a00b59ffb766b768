import { networkPolicyNarrow } from "../../../../policies/rules/kubernetes/networkPolicyNarrow";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { namespace, networkPolicy } from "./fixtures";

describeRule(networkPolicyNarrow, {
  passes: [
    { what: "nothing is allowed", resources: [networkPolicy()] },
    {
      what: "peers on all ports",
      resources: [networkPolicy({ "spec.egress": [{ to: [{ namespaceSelector: {} }] }] })],
    },
    {
      what: "everybody on one port",
      resources: [
        networkPolicy({ "spec.egress": [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ port: 443 }] }] }),
      ],
    },
  ],
  fails: [
    {
      what: "an empty rule for ingress",
      resources: [networkPolicy({ "spec.ingress": [{}] })],
      message: /ingress\[0\]/,
    },
    { what: "an empty rule for egress", resources: [networkPolicy({ "spec.egress": [{}] })] },
    {
      what: "everybody on all ports",
      resources: [networkPolicy({ "spec.ingress": [{ from: [{ ipBlock: { cidr: "::/0" } }] }] })],
    },
    {
      what: "everybody among the peers",
      resources: [
        networkPolicy({ "spec.egress": [{ to: [{ podSelector: {} }, { ipBlock: { cidr: "0.0.0.0/0" } }] }] }),
      ],
    },
  ],
  boundary: [
    {
      what: "half of all addresses",
      resources: [networkPolicy({ "spec.egress": [{ to: [{ ipBlock: { cidr: "0.0.0.0/1" } }] }] })],
      expect: "passed",
    },
    {
      what: "an empty list of peers is everybody",
      resources: [networkPolicy({ "spec.egress": [{ to: [] }] })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no rules", resources: [networkPolicy({ "spec.ingress": undefined })], expect: "passed" }],
  unknown: [
    { what: "peers that are not known yet", resources: [networkPolicy({ "spec.ingress": [{ from: unknown }] })] },
    {
      what: "another rule is open all the same",
      resources: [networkPolicy({ "spec.ingress": [{ from: unknown }, {}] })],
      expect: "violated",
    },
  ],
  secret: [
    { what: "a secret is read", resources: [networkPolicy({ "spec.ingress": secret([{}]) })], expect: "violated" },
  ],
  notApplicable: [{ what: "a namespace", resources: [namespace()] }],
});
