import { storageNoPublicBlobs } from "../../../../policies/rules/azure/storageNoPublicBlobs";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { storage, vault, versioned } from "./fixtures";

describeRule(storageNoPublicBlobs, {
  passes: [{ what: "as it should be", resources: [storage()] }],
  fails: [
    { what: "containers may be public", resources: [storage({ allowBlobPublicAccess: true })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(storage({ allowBlobPublicAccess: true }))],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [{ what: "not set", resources: [storage({ allowBlobPublicAccess: undefined })], expect: "violated" }],
  unknown: [{ what: "not known yet", resources: [storage({ allowBlobPublicAccess: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [storage({ allowBlobPublicAccess: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
