import { storagePrivate } from "../../../../policies/rules/azure/storagePrivate";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { storage, vault, versioned } from "./fixtures";

const OPEN = { publicNetworkAccess: "Enabled" };

describeRule(storagePrivate, {
  passes: [
    { what: "not on the internet", resources: [storage()] },
    {
      what: "a firewall that denies the rest",
      resources: [
        storage({
          ...OPEN,
          "networkRuleSet.defaultAction": "Deny",
          "networkRuleSet.ipRules": [{ iPAddressOrRange: "203.0.113.1" }],
        }),
      ],
    },
  ],
  fails: [
    {
      what: "a firewall that allows the rest",
      resources: [storage({ ...OPEN, "networkRuleSet.defaultAction": "Allow" })],
    },
    {
      what: "a firewall that lets everybody in",
      resources: [
        storage({
          ...OPEN,
          "networkRuleSet.defaultAction": "Deny",
          "networkRuleSet.ipRules": [{ iPAddressOrRange: "0.0.0.0/0" }],
        }),
      ],
      message: /ipRules/,
    },
    {
      what: "a version of the API that the program names",
      resources: [versioned(storage({ ...OPEN, "networkRuleSet.defaultAction": "Allow" }))],
    },
  ],
  boundary: [
    {
      what: "in small letters",
      resources: [storage({ publicNetworkAccess: "disabled", "networkRuleSet.defaultAction": "Allow" })],
      expect: "passed",
    },
    {
      what: "one address",
      resources: [
        storage({
          ...OPEN,
          "networkRuleSet.defaultAction": "Deny",
          "networkRuleSet.ipRules": [{ iPAddressOrRange: "0.0.0.0/32" }],
        }),
      ],
      expect: "passed",
    },
  ],
  absent: [
    {
      what: "Azure's own default is open",
      resources: [storage({ publicNetworkAccess: undefined, networkRuleSet: undefined })],
    },
  ],
  unknown: [
    {
      what: "a switch that is not known yet",
      resources: [storage({ publicNetworkAccess: unknown, "networkRuleSet.defaultAction": "Allow" })],
    },
    {
      what: "addresses that are not known yet",
      resources: [storage({ ...OPEN, "networkRuleSet.defaultAction": "Deny", "networkRuleSet.ipRules": unknown })],
    },
  ],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [storage({ publicNetworkAccess: secret(HIDDEN), "networkRuleSet.defaultAction": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
