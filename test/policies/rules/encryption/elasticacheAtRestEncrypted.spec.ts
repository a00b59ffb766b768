import { elasticacheAtRestEncrypted } from "../../../../policies/rules/encryption/elasticacheAtRestEncrypted";
import { CACHE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(
  elasticacheAtRestEncrypted,
  valuesOf({
    type: CACHE,
    path: "atRestEncryptionEnabled",
    good: [true],
    bad: [false],
    notApplicable: [
      { what: "a member of a global datastore", resources: [draft(CACHE, { globalReplicationGroupId: "global" })] },
    ],
  }),
);
