import { securityGroupNotOpen } from "../../../../policies/rules/exposure/securityGroupNotOpen";
import { SECURITY_GROUP, INGRESS_RULE, SECURITY_GROUP_RULE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

describeRule(securityGroupNotOpen, {
  passes: [
    {
      what: "a group",
      resources: [draft(INGRESS_RULE, { referencedSecurityGroupId: "sg-1", fromPort: 22, toPort: 22 })],
    },
  ],
  fails: [
    {
      what: "SSH for everybody",
      resources: [draft(INGRESS_RULE, { cidrIpv4: "0.0.0.0/0", fromPort: 22, toPort: 22 })],
    },
    {
      what: "all ports for everybody with IPv6, inline",
      resources: [draft(SECURITY_GROUP, { ingress: [{ ipv6CidrBlocks: ["::/0"], fromPort: 0, toPort: 0 }] })],
      message: /ingress\[0\]/,
    },
    {
      what: "the older form of a rule",
      resources: [
        draft(SECURITY_GROUP_RULE, { type: "ingress", cidrBlocks: ["0.0.0.0/0"], fromPort: 5432, toPort: 5432 }),
      ],
    },
  ],
  boundary: [
    {
      what: "443",
      resources: [draft(INGRESS_RULE, { cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443 })],
      expect: "passed",
    },
    {
      what: "443 to 444",
      resources: [draft(INGRESS_RULE, { cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 444 })],
      expect: "violated",
    },
    {
      what: "nearly everybody",
      resources: [draft(INGRESS_RULE, { cidrIpv4: "10.0.0.0/8", fromPort: 22, toPort: 22 })],
      expect: "passed",
    },
  ],
  absent: [{ what: "no rule", resources: [draft(SECURITY_GROUP, {})], expect: "passed" }],
  unknown: [{ what: "the range", resources: [draft(INGRESS_RULE, { cidrIpv4: unknown, fromPort: 22, toPort: 22 })] }],
  secret: [
    {
      what: "a secret range",
      resources: [draft(INGRESS_RULE, { cidrIpv4: secret("0.0.0.0/0"), fromPort: 22, toPort: 22 })],
      expect: "violated",
    },
  ],
  notApplicable: [
    {
      what: "a rule for what goes out",
      resources: [draft(SECURITY_GROUP_RULE, { type: "egress", cidrBlocks: ["0.0.0.0/0"] })],
    },
  ],
});
