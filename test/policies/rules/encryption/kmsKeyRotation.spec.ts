import { kmsKeyRotation } from "../../../../policies/rules/encryption/kmsKeyRotation";
import { KEY } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(kmsKeyRotation, {
  ...valuesOf({
    type: KEY,
    path: "enableKeyRotation",
    good: [true],
    bad: [false],
    notApplicable: [
      { what: "a key for signatures", resources: [draft(KEY, { keyUsage: "SIGN_VERIFY" })] },
      { what: "a pair of keys", resources: [draft(KEY, { customerMasterKeySpec: "RSA_4096" })] },
    ],
  }),
  boundary: [
    {
      what: "365 days",
      resources: [draft(KEY, { enableKeyRotation: true, rotationPeriodInDays: 365 })],
      expect: "passed",
    },
    {
      what: "366 days",
      resources: [draft(KEY, { enableKeyRotation: true, rotationPeriodInDays: 366 })],
      expect: "violated",
    },
  ],
});
