import { lbWaf } from "../../../../policies/rules/exposure/lbWaf";
import { LOAD_BALANCER } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const LB = draft(LOAD_BALANCER, {}, { name: "lb", outputs: { arn: "arn:lb" } });

describeRule(lbWaf, {
  passes: [
    { what: "associated", resources: [LB, draft(ASSOCIATION, { resourceArn: "arn:lb" }, { name: "association" })] },
  ],
  fails: [
    {
      what: "another one is associated",
      resources: [LB, draft(ASSOCIATION, { resourceArn: "arn:other" }, { name: "association" })],
    },
  ],
  boundary: [
    {
      what: "in a preview, by what the association depends on",
      resources: [
        draft(LOAD_BALANCER, {}, { name: "lb" }),
        draft(ASSOCIATION, { resourceArn: unknown }, { name: "association", refers: { resourceArn: ["lb"] } }),
      ],
      expect: "passed",
    },
  ],
  absent: [{ what: "no association", resources: [LB] }],
  unknown: [{ what: "whether it is internal", resources: [draft(LOAD_BALANCER, { internal: unknown })] }],
  secret: { none: "nothing of it is a secret" },
  notApplicable: [
    { what: "an internal one", resources: [draft(LOAD_BALANCER, { internal: true })] },
    { what: "a network load balancer", resources: [draft(LOAD_BALANCER, { loadBalancerType: "network" })] },
  ],
});
