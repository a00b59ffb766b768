import { edgeFirewallAttached } from "../../../../policies/rules/azure/edgeFirewallAttached";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { edgeDomain, securityPolicy, versioned } from "./fixtures";

const ID = { id: "/subscriptions/s/domain" };
const REFERS = { refers: { parameters: ["domain"] } };

describeRule(edgeFirewallAttached, {
  passes: [
    { what: "a policy names it", resources: [edgeDomain({}, ID), securityPolicy()] },
    {
      what: "a policy depends on it, whose values are not known yet",
      resources: [edgeDomain(), securityPolicy({ parameters: unknown }, REFERS)],
    },
    {
      what: "a firewall that is not known yet",
      resources: [edgeDomain({}, ID), securityPolicy({ "parameters.wafPolicy.id": unknown })],
    },
    {
      what: "an endpoint",
      resources: [draft("azure-native:cdn:AFDEndpoint", {}, { name: "endpoint", ...ID }), securityPolicy()],
    },
  ],
  fails: [
    { what: "a policy names another", resources: [edgeDomain({}, { id: "/subscriptions/s/other" }), securityPolicy()] },
    {
      what: "a policy without a firewall",
      resources: [edgeDomain({}, ID), securityPolicy({ "parameters.wafPolicy": undefined })],
    },
    { what: "an endpoint", resources: [draft("azure-native:cdn:AFDEndpoint", {}, ID)] },
    { what: "a version of the API that the program names", resources: [versioned(edgeDomain({}, ID))] },
  ],
  boundary: { none: "a domain is attached or not" },
  absent: [{ what: "no policy", resources: [edgeDomain({}, ID)] }],
  unknown: [
    {
      what: "a policy of domains that are not known yet, and depend on nothing here",
      resources: [edgeDomain({}, ID), securityPolicy({ parameters: unknown })],
      expect: "violated",
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [edgeDomain({}, ID), securityPolicy({ parameters: secret(securityPolicy().inputs.parameters!) })],
      expect: "passed",
    },
  ],
  notApplicable: [{ what: "a policy alone", resources: [securityPolicy()] }],
});
