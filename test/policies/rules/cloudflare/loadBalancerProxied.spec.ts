import { loadBalancerProxied } from "../../../../policies/rules/cloudflare/loadBalancerProxied";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { balancer, zone } from "./fixtures";

describeRule(loadBalancerProxied, {
  passes: [{ what: "proxied", resources: [balancer()] }],
  fails: [{ what: "not proxied", resources: [balancer({ proxied: false })] }],
  boundary: { none: "a switch has no limit" },
  absent: [{ what: "Cloudflare's own default is off", resources: [balancer({ proxied: undefined })] }],
  unknown: [{ what: "a switch that is not known yet", resources: [balancer({ proxied: unknown })] }],
  secret: [{ what: "a secret is read", resources: [balancer({ proxied: secret(false) })], expect: "violated" }],
  notApplicable: [{ what: "another type", resources: [zone()] }],
});
