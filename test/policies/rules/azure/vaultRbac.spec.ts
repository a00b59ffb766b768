import { vaultRbac } from "../../../../policies/rules/azure/vaultRbac";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { storage, vault, versioned } from "./fixtures";

describeRule(vaultRbac, {
  passes: [{ what: "as it should be", resources: [vault()] }],
  fails: [
    { what: "access policies", resources: [vault({ "properties.enableRbacAuthorization": false })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(vault({ "properties.enableRbacAuthorization": false }))],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [
    { what: "not set", resources: [vault({ "properties.enableRbacAuthorization": undefined })], expect: "violated" },
  ],
  unknown: [{ what: "not known yet", resources: [vault({ "properties.enableRbacAuthorization": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [vault({ "properties.enableRbacAuthorization": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [storage()] }],
});
