import { aiCustomerKey } from "../../../../policies/rules/azure/aiCustomerKey";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { aiAccount, vault, versioned } from "./fixtures";

describeRule(aiCustomerKey, {
  passes: [{ what: "as it should be", resources: [aiAccount()] }],
  fails: [
    {
      what: "a key of Azure",
      resources: [aiAccount({ "properties.encryption.keySource": "Microsoft.CognitiveServices" })],
    },
    {
      what: "a version of the API that the program names",
      resources: [versioned(aiAccount({ "properties.encryption.keySource": "Microsoft.CognitiveServices" }))],
    },
  ],
  boundary: [
    {
      what: "in small letters",
      resources: [aiAccount({ "properties.encryption.keySource": "microsoft.keyvault" })],
      expect: "passed",
    },
  ],
  absent: [
    { what: "not set", resources: [aiAccount({ "properties.encryption.keySource": undefined })], expect: "violated" },
  ],
  unknown: [{ what: "not known yet", resources: [aiAccount({ "properties.encryption.keySource": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [aiAccount({ "properties.encryption.keySource": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
