import { rdsSupportedVersion } from "../../../../policies/rules/versions/rdsSupportedVersion";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(rdsSupportedVersion, {
  ...valuesOf({
    type: DATABASE,
    base: { engine: "postgres" },
    path: "engineVersion",
    good: ["15.18", "16"],
    bad: ["13.2", "15.4", "9.6"],
    notApplicable: [{ what: "MySQL", resources: [draft(DATABASE, { engine: "mysql", engineVersion: "5.7" })] }],
  }),
  boundary: [
    {
      what: "its last day",
      resources: [draft(DATABASE, { engine: "postgres", engineVersion: "15.18" })],
      today: "2028-02-29",
      expect: "passed",
    },
    {
      what: "the day after",
      resources: [draft(DATABASE, { engine: "postgres", engineVersion: "15.18" })],
      today: "2028-03-01",
      expect: "violated",
      message: /2028-02-29/,
    },
    {
      what: "newer than the table",
      resources: [draft(DATABASE, { engine: "postgres", engineVersion: "21.1" })],
      expect: "passed",
    },
  ],
});
