import { cloudtrailComplete } from "../../../../policies/rules/logging/cloudtrailComplete";
import { TRAIL } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";
import { key } from "../aws";

describeRule(cloudtrailComplete, {
  ...valuesOf({
    type: TRAIL,
    base: { kmsKeyId: key("us-east-1") },
    path: "enableLogFileValidation",
    good: [true],
    bad: [false],
  }),
  boundary: [
    {
      what: "switched off",
      resources: [draft(TRAIL, { enableLogFileValidation: true, kmsKeyId: key("us-east-1"), enableLogging: false })],
      expect: "violated",
    },
    { what: "no key", resources: [draft(TRAIL, { enableLogFileValidation: true })], expect: "violated" },
  ],
});
