import { aiNoKeys } from "../../../../policies/rules/azure/aiNoKeys";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { aiAccount, vault, versioned } from "./fixtures";

describeRule(aiNoKeys, {
  passes: [{ what: "as it should be", resources: [aiAccount()] }],
  fails: [
    { what: "keys work", resources: [aiAccount({ "properties.disableLocalAuth": false })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(aiAccount({ "properties.disableLocalAuth": false }))],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [
    { what: "not set", resources: [aiAccount({ "properties.disableLocalAuth": undefined })], expect: "violated" },
  ],
  unknown: [{ what: "not known yet", resources: [aiAccount({ "properties.disableLocalAuth": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [aiAccount({ "properties.disableLocalAuth": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
