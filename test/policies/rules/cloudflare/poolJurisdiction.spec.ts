import { poolJurisdiction } from "../../../../policies/rules/cloudflare/poolJurisdiction";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { balancer, pool } from "./fixtures";

const POOLS = [pool("eu-west-1"), pool("eu-central-1"), pool("us-east-1"), pool("us-west-2")];
const ALB = draft("aws:lb/loadBalancer:LoadBalancer", { region: "us-east-1" }, { name: "alb" });

describeRule(poolJurisdiction, {
  passes: [
    { what: "two regions of the Union", resources: [balancer(), ...POOLS] },
    {
      what: "each rule in its jurisdiction",
      resources: [
        balancer({ rules: [{ overrides: { defaultPools: ["pool-us-east-1"], fallbackPool: "pool-us-west-2" } }] }),
        ...POOLS,
      ],
    },
    {
      what: "pools whose address says no region",
      resources: [
        balancer({ fallbackPool: "pool-own" }),
        pool("own", { "origins[0].address": "203.0.113.1" }),
        ...POOLS,
      ],
    },
  ],
  fails: [
    {
      what: "a fallback elsewhere",
      resources: [balancer({ fallbackPool: "pool-us-east-1" }), ...POOLS],
      message: /EU, US/,
    },
    {
      what: "a second pool elsewhere",
      resources: [balancer({ defaultPools: ["pool-eu-west-1", "pool-us-east-1"] }), ...POOLS],
    },
    {
      what: "a rule's fallback elsewhere",
      resources: [
        balancer({ rules: [{ overrides: { defaultPools: ["pool-us-east-1"], fallbackPool: "pool-eu-west-1" } }] }),
        ...POOLS,
      ],
      message: /rules\[0\]/,
    },
    {
      what: "the load balancer's own fallback, for a rule without one",
      resources: [balancer({ rules: [{ overrides: { defaultPools: ["pool-us-east-1"] } }] }), ...POOLS],
    },
    {
      what: "a rule's fallback elsewhere, for the load balancer's own pools",
      resources: [balancer({ rules: [{ overrides: { fallbackPool: "pool-us-east-1" } }] }), ...POOLS],
      message: /rules\[0\]/,
    },
    {
      what: "the fallback of a place, in a rule",
      resources: [balancer({ rules: [{ overrides: { regionPools: { ENAM: ["pool-us-east-1"] } } }] }), ...POOLS],
      message: /rules\[0\].*ENAM/,
    },
    {
      what: "the fallback of a place",
      resources: [balancer({ "regionPools.ENAM": ["pool-us-east-1"] }), ...POOLS],
      message: /ENAM/,
    },
    {
      what: "an address that is not known yet, of a load balancer elsewhere",
      resources: [
        balancer({ fallbackPool: "pool-new" }),
        pool("new", { "origins[0].address": "app.example.net" }, { refers: { origins: ["alb"] } }),
        ALB,
        ...POOLS,
      ],
    },
  ],
  boundary: [
    {
      what: "a region of no known jurisdiction",
      resources: [balancer({ fallbackPool: "pool-sa-east-1" }), pool("sa-east-1"), ...POOLS],
      expect: "violated",
    },
    {
      what: "config puts it into the Union",
      resources: [balancer({ fallbackPool: "pool-sa-east-1" }), pool("sa-east-1"), ...POOLS],
      settings: { jurisdictions: { EU: ["sa-east-1"] } },
      expect: "passed",
    },
  ],
  absent: [{ what: "pools that are not in the program", resources: [balancer()], expect: "passed" }],
  unknown: [
    { what: "a fallback that is not known yet", resources: [balancer({ fallbackPool: unknown }), ...POOLS] },
    {
      what: "an address that is not known yet",
      resources: [balancer(), pool("eu-west-1", { "origins[0].address": unknown })],
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [balancer({ fallbackPool: secret("pool-us-east-1") }), ...POOLS],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "pools alone", resources: POOLS }],
});
