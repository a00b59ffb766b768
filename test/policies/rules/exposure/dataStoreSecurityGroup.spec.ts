import { dataStoreSecurityGroup } from "../../../../policies/rules/exposure/dataStoreSecurityGroup";
import { DATABASE, SECURITY_GROUP, INGRESS_RULE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

const STORE = draft(DATABASE, { vpcSecurityGroupIds: ["sg-1"] });
const GROUP = draft(SECURITY_GROUP, {}, { name: "group", id: "sg-1" });
const rule = (inputs: any) => draft(INGRESS_RULE, { securityGroupId: "sg-1", ...inputs }, { name: "rule" });

describeRule(dataStoreSecurityGroup, {
  passes: [
    { what: "a group", resources: [STORE, GROUP, rule({ referencedSecurityGroupId: "sg-2" })] },
    { what: "a network of another region", resources: [STORE, GROUP, rule({ cidrIpv4: "10.17.0.0/17" })] },
  ],
  fails: [
    { what: "an address of the internet", resources: [STORE, GROUP, rule({ cidrIpv4: "203.0.113.7/32" })] },
    {
      what: "inline",
      resources: [
        STORE,
        draft(SECURITY_GROUP, { ingress: [{ cidrBlocks: ["0.0.0.0/0"] }] }, { name: "group", id: "sg-1" }),
      ],
    },
    { what: "no group", resources: [draft(DATABASE, {})] },
  ],
  boundary: [
    { what: "a whole /16", resources: [STORE, GROUP, rule({ cidrIpv4: "10.16.0.0/16" })], expect: "passed" },
    { what: "more than a /16", resources: [STORE, GROUP, rule({ cidrIpv4: "10.0.0.0/8" })], expect: "violated" },
  ],
  absent: [{ what: "a group that admits nobody", resources: [STORE, GROUP], expect: "passed" }],
  unknown: [{ what: "the range", resources: [STORE, GROUP, rule({ cidrIpv4: unknown })] }],
  secret: [
    { what: "a secret range", resources: [STORE, GROUP, rule({ cidrIpv4: secret("0.0.0.0/0") })], expect: "violated" },
  ],
  notApplicable: { none: "it applies to every database and cache" },
});
