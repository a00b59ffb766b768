import { extendedSupportOff } from "../../../../policies/rules/versions/extendedSupportOff";
import { DATABASE, CLUSTER } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(extendedSupportOff, {
  ...valuesOf({
    type: CLUSTER,
    path: "upgradePolicy.supportType",
    good: ["STANDARD"],
    bad: ["EXTENDED"],
    notApplicable: [{ what: "a replica", resources: [draft(DATABASE, { replicateSourceDb: "primary" })] }],
  }),
  boundary: [
    {
      what: "a database",
      resources: [
        draft(DATABASE, { engine: "postgres", engineLifecycleSupport: "open-source-rds-extended-support-disabled" }),
      ],
      expect: "passed",
    },
    { what: "a database by default", resources: [draft(DATABASE, { engine: "postgres" })], expect: "violated" },
  ],
});
