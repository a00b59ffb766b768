import { elasticacheSupportedVersion } from "../../../../policies/rules/versions/elasticacheSupportedVersion";
import { CACHE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(elasticacheSupportedVersion, {
  ...valuesOf({ type: CACHE, path: "engineVersion", good: ["7.1", "6.2"], bad: ["5.0.6"] }),
  boundary: [
    {
      what: "its last day",
      resources: [draft(CACHE, { engineVersion: "6.2" })],
      today: "2027-01-31",
      expect: "passed",
    },
    {
      what: "the day after",
      resources: [draft(CACHE, { engineVersion: "6.2" })],
      today: "2027-02-01",
      expect: "violated",
      message: /2027-01-31/,
    },
    {
      what: "newer than the table",
      resources: [draft(CACHE, { engine: "valkey", engineVersion: "8.1" })],
      expect: "passed",
    },
  ],
});
