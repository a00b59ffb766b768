import { loadBalancerRedundant } from "../../../../policies/rules/cloudflare/loadBalancerRedundant";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { balancer, zone } from "./fixtures";

describeRule(loadBalancerRedundant, {
  passes: [
    { what: "another pool", resources: [balancer()] },
    {
      what: "two pools, of which the second is the fallback",
      resources: [balancer({ defaultPools: ["pool-1", "pool-2"], fallbackPool: "pool-2" })],
    },
    {
      what: "a rule with a fallback of its own",
      resources: [balancer({ rules: [{ overrides: { defaultPools: ["pool-1"], fallbackPool: "pool-2" } }] })],
    },
    { what: "a rule that changes something else", resources: [balancer({ rules: [{ overrides: { ttl: 30 } }] })] },
  ],
  fails: [
    { what: "the first pool again", resources: [balancer({ fallbackPool: "pool-eu-west-1" })] },
    {
      what: "the first pool of a rule",
      resources: [balancer({ rules: [{ overrides: { defaultPools: ["pool-1"], fallbackPool: "pool-1" } }] })],
      message: /rules\[0\]/,
    },
    {
      what: "a rule whose only change is a fallback",
      resources: [balancer({ rules: [{ overrides: { fallbackPool: "pool-eu-west-1" } }] })],
      message: /rules\[0\]/,
    },
    {
      what: "a rule whose first pool is the load balancer's fallback",
      resources: [balancer({ rules: [{ overrides: { defaultPools: ["pool-eu-central-1"] } }] })],
    },
  ],
  boundary: { none: "a pool is another or not" },
  absent: [
    {
      what: "neither pools nor a fallback",
      resources: [balancer({ defaultPools: undefined, fallbackPool: undefined })],
    },
  ],
  unknown: [{ what: "a pool that is not known yet", resources: [balancer({ fallbackPool: unknown })] }],
  secret: [
    { what: "a secret is read", resources: [balancer({ fallbackPool: secret("pool-eu-west-1") })], expect: "violated" },
  ],
  notApplicable: [{ what: "another type", resources: [zone()] }],
});
