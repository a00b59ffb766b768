import { elasticacheTransitEncrypted } from "../../../../policies/rules/transit/elasticacheTransitEncrypted";
import { CACHE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(elasticacheTransitEncrypted, {
  ...valuesOf({ type: CACHE, path: "transitEncryptionEnabled", good: [true], bad: [false] }),
  boundary: [
    {
      what: "required",
      resources: [draft(CACHE, { transitEncryptionEnabled: true, transitEncryptionMode: "required" })],
      expect: "passed",
    },
    {
      what: "preferred takes connections in clear",
      resources: [draft(CACHE, { transitEncryptionEnabled: true, transitEncryptionMode: "preferred" })],
      expect: "violated",
    },
  ],
});
