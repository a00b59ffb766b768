import { edgeFirewallPrevents } from "../../../../policies/rules/azure/edgeFirewallPrevents";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { edgeFirewall, vault, versioned } from "./fixtures";

describeRule(edgeFirewallPrevents, {
  passes: [
    { what: "as it should be", resources: [edgeFirewall()] },
    { what: "the type of old", resources: [{ ...edgeFirewall(), type: "azure-native:network:Policy" }] },
  ],
  fails: [
    { what: "it only looks", resources: [edgeFirewall({ "policySettings.mode": "Detection" })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(edgeFirewall({ "policySettings.mode": "Detection" }))],
    },
    { what: "it is off", resources: [edgeFirewall({ "policySettings.enabledState": "Disabled" })] },
    { what: "no managed rules", resources: [edgeFirewall({ managedRules: undefined })], message: /managedRuleSets/ },
  ],
  boundary: [
    {
      what: "an empty list of managed rules",
      resources: [edgeFirewall({ "managedRules.managedRuleSets": [] })],
      expect: "violated",
    },
  ],
  absent: [{ what: "not set", resources: [edgeFirewall({ "policySettings.mode": undefined })], expect: "violated" }],
  unknown: [{ what: "not known yet", resources: [edgeFirewall({ "policySettings.mode": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [edgeFirewall({ "policySettings.mode": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
