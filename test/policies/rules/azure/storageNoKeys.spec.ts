import { storageNoKeys } from "../../../../policies/rules/azure/storageNoKeys";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { storage, vault, versioned } from "./fixtures";

describeRule(storageNoKeys, {
  passes: [{ what: "as it should be", resources: [storage()] }],
  fails: [
    { what: "keys work", resources: [storage({ allowSharedKeyAccess: true })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(storage({ allowSharedKeyAccess: true }))],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [{ what: "not set", resources: [storage({ allowSharedKeyAccess: undefined })], expect: "violated" }],
  unknown: [{ what: "not known yet", resources: [storage({ allowSharedKeyAccess: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [storage({ allowSharedKeyAccess: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
