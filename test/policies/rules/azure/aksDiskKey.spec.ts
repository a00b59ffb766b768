import { aksDiskKey } from "../../../../policies/rules/azure/aksDiskKey";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { cluster, vault, versioned } from "./fixtures";

describeRule(aksDiskKey, {
  passes: [{ what: "a key", resources: [cluster()] }],
  fails: [
    { what: "no key", resources: [cluster({ diskEncryptionSetID: undefined })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(cluster({ diskEncryptionSetID: undefined }))],
    },
  ],
  boundary: { none: "a key is there or not" },
  absent: [{ what: "not set", resources: [cluster({ diskEncryptionSetID: undefined })] }],
  unknown: [{ what: "not known yet", resources: [cluster({ diskEncryptionSetID: unknown })] }],
  secret: [
    { what: "a secret is a key, too", resources: [cluster({ diskEncryptionSetID: secret(HIDDEN) })], expect: "passed" },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
