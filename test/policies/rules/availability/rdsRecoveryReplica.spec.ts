import { rdsRecoveryReplica } from "../../../../policies/rules/availability/rdsRecoveryReplica";
import { describeRule } from "../../support/cases";
import { unknown } from "../../support/draft";
import { database, databaseArn } from "../aws";

const IT = database({ instanceClass: "db.r6g.2xlarge" }, "us-east-1", { outputs: { arn: databaseArn("us-east-1") } });
const replica = (region: string, instanceClass: string) =>
  database({ replicateSourceDb: databaseArn("us-east-1"), instanceClass }, region, { name: "replica" });

describeRule(rdsRecoveryReplica, {
  passes: [
    { what: "as large", resources: [IT, replica("us-west-2", "db.r6g.2xlarge")] },
    { what: "larger", resources: [IT, replica("us-west-2", "db.r6g.4xlarge")] },
  ],
  fails: [
    { what: "in the same region", resources: [IT, replica("us-east-1", "db.r6g.2xlarge")], message: /no replica/ },
    { what: "in another jurisdiction", resources: [IT, replica("eu-west-1", "db.r6g.2xlarge")], message: /no replica/ },
  ],
  boundary: [
    { what: "smaller", resources: [IT, replica("us-west-2", "db.r6g.xlarge")], expect: "violated", message: /smaller/ },
  ],
  absent: [{ what: "none", resources: [IT] }],
  unknown: [{ what: "the class of the replica", resources: [IT, replica("us-west-2", unknown)] }],
  secret: { none: "nothing of it is a secret" },
  notApplicable: [{ what: "a replica", resources: [database({ replicateSourceDb: "primary" })] }],
});
