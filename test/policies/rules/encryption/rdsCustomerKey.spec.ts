import { rdsCustomerKey } from "../../../../policies/rules/encryption/rdsCustomerKey";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { database, databaseArn, inRegion, key } from "../aws";

describeRule(rdsCustomerKey, {
  ...valuesOf({
    type: DATABASE,
    path: "kmsKeyId",
    good: [key("us-east-1")],
    bad: [key("eu-west-1")],
    more: inRegion("us-east-1"),
  }),
  boundary: [
    {
      what: "a replica elsewhere needs a key of its own",
      resources: [database({ replicateSourceDb: databaseArn("us-east-1") }, "us-west-2")],
      expect: "violated",
    },
    {
      what: "its own region argument counts more than its provider",
      resources: [database({ region: "eu-west-1", kmsKeyId: key("eu-west-1") }, "us-east-1")],
      expect: "passed",
    },
  ],
  notApplicable: [
    {
      what: "a replica in the same region has its source's key",
      resources: [database({ replicateSourceDb: databaseArn("us-east-1") })],
    },
    { what: "a replica by name is in the same region", resources: [database({ replicateSourceDb: "primary" })] },
  ],
});
