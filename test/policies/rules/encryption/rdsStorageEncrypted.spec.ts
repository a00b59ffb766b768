import { rdsStorageEncrypted } from "../../../../policies/rules/encryption/rdsStorageEncrypted";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(
  rdsStorageEncrypted,
  valuesOf({
    type: DATABASE,
    path: "storageEncrypted",
    good: [true, "true"],
    bad: [false, "yes"],
    notApplicable: [
      {
        what: "a replica is encrypted as its source is",
        resources: [draft(DATABASE, { replicateSourceDb: "primary" })],
      },
    ],
  }),
);
