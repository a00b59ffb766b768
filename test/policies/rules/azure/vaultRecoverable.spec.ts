import { vaultRecoverable } from "../../../../policies/rules/azure/vaultRecoverable";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { storage, vault, versioned } from "./fixtures";

describeRule(vaultRecoverable, {
  passes: [{ what: "as it should be", resources: [vault()] }],
  fails: [
    { what: "it can be purged", resources: [vault({ "properties.enablePurgeProtection": false })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(vault({ "properties.enablePurgeProtection": false }))],
    },
    {
      what: "soft delete is off",
      resources: [vault({ "properties.enableSoftDelete": false })],
      message: /enableSoftDelete/,
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [
    { what: "not set", resources: [vault({ "properties.enablePurgeProtection": undefined })], expect: "violated" },
    {
      what: "soft delete is on by default",
      resources: [vault({ "properties.enableSoftDelete": undefined })],
      expect: "passed",
    },
  ],
  unknown: [{ what: "not known yet", resources: [vault({ "properties.enablePurgeProtection": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [vault({ "properties.enablePurgeProtection": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [storage()] }],
});
