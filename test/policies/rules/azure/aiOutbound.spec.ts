import { aiOutbound } from "../../../../policies/rules/azure/aiOutbound";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { aiAccount, vault, versioned } from "./fixtures";

describeRule(aiOutbound, {
  passes: [{ what: "as it should be", resources: [aiAccount()] }],
  fails: [
    { what: "any address is called", resources: [aiAccount({ "properties.restrictOutboundNetworkAccess": false })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(aiAccount({ "properties.restrictOutboundNetworkAccess": false }))],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [
    {
      what: "not set",
      resources: [aiAccount({ "properties.restrictOutboundNetworkAccess": undefined })],
      expect: "violated",
    },
  ],
  unknown: [{ what: "not known yet", resources: [aiAccount({ "properties.restrictOutboundNetworkAccess": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [aiAccount({ "properties.restrictOutboundNetworkAccess": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
