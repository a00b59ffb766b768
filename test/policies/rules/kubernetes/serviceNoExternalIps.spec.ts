import { serviceNoExternalIps } from "../../../../policies/rules/kubernetes/serviceNoExternalIps";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { deployment, service } from "./fixtures";

describeRule(serviceNoExternalIps, {
  passes: [{ what: "none", resources: [service()] }],
  fails: [{ what: "an address", resources: [service({ "spec.externalIPs": ["203.0.113.1"] })] }],
  boundary: [{ what: "an empty list", resources: [service({ "spec.externalIPs": [] })], expect: "passed" }],
  absent: [{ what: "not set", resources: [service({ "spec.externalIPs": undefined })], expect: "passed" }],
  unknown: [{ what: "addresses that are not known yet", resources: [service({ "spec.externalIPs": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [service({ "spec.externalIPs": secret([HIDDEN]) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a Deployment", resources: [deployment()] }],
});
