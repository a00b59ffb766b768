import { networkRuleNarrow } from "../../../../policies/rules/azure/networkRuleNarrow";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { network, securityGroup, securityRule, versioned } from "./fixtures";

const EVERYBODY = { sourceAddressPrefix: "*" };

describeRule(networkRuleNarrow, {
  passes: [
    { what: "a network", resources: [securityGroup(), securityRule()] },
    { what: "everybody on 443", resources: [securityRule({ ...EVERYBODY, destinationPortRange: "443" })] },
    {
      what: "everybody on 80 and 443",
      resources: [
        securityRule({ ...EVERYBODY, destinationPortRange: undefined, destinationPortRanges: ["80", "443"] }),
      ],
    },
    { what: "everybody is denied", resources: [securityRule({ ...EVERYBODY, access: "Deny" })] },
    { what: "outward", resources: [securityRule({ ...EVERYBODY, direction: "Outbound" })] },
  ],
  fails: [
    ...["*", "0.0.0.0/0", "::/0", "Internet", "Any"].map((prefix) => ({
      what: prefix,
      resources: [securityRule({ sourceAddressPrefix: prefix })],
    })),
    {
      what: "everybody among the sources",
      resources: [securityRule({ sourceAddressPrefix: undefined, sourceAddressPrefixes: ["10.0.0.0/8", "0.0.0.0/0"] })],
    },
    {
      what: "a rule of a group",
      resources: [securityGroup({ "securityRules[0].sourceAddressPrefix": "*" })],
      message: /securityRules\[0\]/,
    },
    { what: "all ports", resources: [securityRule({ ...EVERYBODY, destinationPortRange: "*" })] },
    { what: "a version of the API that the program names", resources: [versioned(securityRule(EVERYBODY))] },
  ],
  boundary: [
    {
      what: "443 to 444",
      resources: [securityRule({ ...EVERYBODY, destinationPortRange: "443-444" })],
      expect: "violated",
    },
    {
      what: "half of all addresses",
      resources: [securityRule({ sourceAddressPrefix: "0.0.0.0/1" })],
      expect: "passed",
    },
  ],
  absent: [{ what: "no port is named", resources: [securityRule({ ...EVERYBODY, destinationPortRange: undefined })] }],
  unknown: [
    { what: "a source that is not known yet", resources: [securityRule({ sourceAddressPrefix: unknown })] },
    { what: "rules that are not known yet", resources: [securityGroup({ securityRules: unknown })] },
  ],
  secret: [
    { what: "a secret is read", resources: [securityRule({ sourceAddressPrefix: secret("*") })], expect: "violated" },
  ],
  notApplicable: [{ what: "another type", resources: [network()] }],
});
