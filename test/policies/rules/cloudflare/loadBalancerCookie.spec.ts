import { loadBalancerCookie } from "../../../../policies/rules/cloudflare/loadBalancerCookie";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { balancer } from "./fixtures";

describeRule(loadBalancerCookie, {
  passes: [
    { what: "over HTTPS only", resources: [balancer()] },
    { what: "strict", resources: [balancer({ "sessionAffinityAttributes.samesite": "Strict" })] },
  ],
  fails: [
    { what: "in clear", resources: [balancer({ "sessionAffinityAttributes.secure": "Never" })], message: /secure/ },
    {
      what: "to other sites",
      resources: [balancer({ "sessionAffinityAttributes.samesite": "None" })],
      message: /samesite/,
    },
    {
      what: "a cookie only when there is no address",
      resources: [balancer({ sessionAffinity: "ip_cookie", sessionAffinityAttributes: {} })],
    },
  ],
  boundary: [
    {
      what: "as the request came",
      resources: [balancer({ "sessionAffinityAttributes.secure": "Auto" })],
      expect: "violated",
    },
  ],
  absent: [{ what: "not set", resources: [balancer({ sessionAffinityAttributes: undefined })] }],
  unknown: [{ what: "not known yet", resources: [balancer({ sessionAffinityAttributes: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [balancer({ "sessionAffinityAttributes.secure": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [
    { what: "no cookie", resources: [balancer({ sessionAffinity: "none" })] },
    { what: "none by default", resources: [balancer({ sessionAffinity: undefined })] },
  ],
});
