import { vpcDefaultSecurityGroup } from "../../../../policies/rules/exposure/vpcDefaultSecurityGroup";
import { VPC } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const NETWORK = draft(VPC, {}, { name: "network", id: "vpc-1" });
const group = (inputs: any) =>
  draft("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { vpcId: "vpc-1", ...inputs }, { name: "group" });

describeRule(vpcDefaultSecurityGroup, {
  passes: [{ what: "an empty one", resources: [NETWORK, group({})] }],
  fails: [{ what: "one with a rule", resources: [NETWORK, group({ ingress: [{ self: true }] })] }],
  boundary: [
    {
      what: "a rule for what goes out",
      resources: [NETWORK, group({ egress: [{ cidrBlocks: ["0.0.0.0/0"] }] })],
      expect: "violated",
    },
  ],
  absent: [{ what: "as AWS makes it", resources: [NETWORK] }],
  unknown: [{ what: "the rules", resources: [NETWORK, group({ ingress: unknown })] }],
  secret: { none: "nothing of a security group is a secret" },
  notApplicable: { none: "it applies to every network" },
});
