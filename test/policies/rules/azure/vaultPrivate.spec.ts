import { vaultPrivate } from "../../../../policies/rules/azure/vaultPrivate";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { storage, vault, versioned } from "./fixtures";

const OPEN = { "properties.publicNetworkAccess": "Enabled" };

describeRule(vaultPrivate, {
  passes: [
    { what: "not on the internet", resources: [vault()] },
    {
      what: "a firewall that denies the rest",
      resources: [
        vault({
          ...OPEN,
          "properties.networkAcls.defaultAction": "Deny",
          "properties.networkAcls.ipRules": [{ value: "203.0.113.1" }],
        }),
      ],
    },
  ],
  fails: [
    {
      what: "a firewall that allows the rest",
      resources: [vault({ ...OPEN, "properties.networkAcls.defaultAction": "Allow" })],
    },
    {
      what: "a firewall that lets everybody in",
      resources: [
        vault({
          ...OPEN,
          "properties.networkAcls.defaultAction": "Deny",
          "properties.networkAcls.ipRules": [{ value: "0.0.0.0/0" }],
        }),
      ],
      message: /ipRules/,
    },
    {
      what: "a version of the API that the program names",
      resources: [versioned(vault({ ...OPEN, "properties.networkAcls.defaultAction": "Allow" }))],
    },
  ],
  boundary: [
    {
      what: "in small letters",
      resources: [
        vault({ "properties.publicNetworkAccess": "disabled", "properties.networkAcls.defaultAction": "Allow" }),
      ],
      expect: "passed",
    },
    {
      what: "one address",
      resources: [
        vault({
          ...OPEN,
          "properties.networkAcls.defaultAction": "Deny",
          "properties.networkAcls.ipRules": [{ value: "0.0.0.0/32" }],
        }),
      ],
      expect: "passed",
    },
  ],
  absent: [
    {
      what: "Azure's own default is open",
      resources: [vault({ "properties.publicNetworkAccess": undefined, "properties.networkAcls": undefined })],
    },
  ],
  unknown: [
    {
      what: "a switch that is not known yet",
      resources: [
        vault({ "properties.publicNetworkAccess": unknown, "properties.networkAcls.defaultAction": "Allow" }),
      ],
    },
    {
      what: "addresses that are not known yet",
      resources: [
        vault({ ...OPEN, "properties.networkAcls.defaultAction": "Deny", "properties.networkAcls.ipRules": unknown }),
      ],
    },
  ],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [
        vault({
          "properties.publicNetworkAccess": secret(HIDDEN),
          "properties.networkAcls.defaultAction": secret(HIDDEN),
        }),
      ],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [storage()] }],
});
