import { rdsMultiAz } from "../../../../policies/rules/availability/rdsMultiAz";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { database, databaseArn, inRegion } from "../aws";

describeRule(rdsMultiAz, {
  ...valuesOf({
    type: DATABASE,
    path: "multiAz",
    good: [true],
    bad: [false],
    more: inRegion("us-east-1"),
    notApplicable: [{ what: "a reader near its source", resources: [database({ replicateSourceDb: "primary" })] }],
  }),
  boundary: [
    {
      what: "a replica elsewhere takes over",
      resources: [database({ replicateSourceDb: databaseArn("us-east-1"), multiAz: false }, "us-west-2")],
      expect: "violated",
    },
  ],
});
