import { eksSupportedVersion } from "../../../../policies/rules/versions/eksSupportedVersion";
import { CLUSTER } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(eksSupportedVersion, {
  ...valuesOf({ type: CLUSTER, path: "version", good: ["1.35", "1.36"], bad: ["1.28", "1.33"] }),
  boundary: [
    { what: "its last day", resources: [draft(CLUSTER, { version: "1.35" })], today: "2027-03-27", expect: "passed" },
    {
      what: "the day after",
      resources: [draft(CLUSTER, { version: "1.35" })],
      today: "2027-03-28",
      expect: "violated",
      message: /2027-03-27/,
    },
    { what: "newer than the table", resources: [draft(CLUSTER, { version: "1.44" })], expect: "passed" },
  ],
});
