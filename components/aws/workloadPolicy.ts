import type { PolicyDocument } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { WorkloadConfig } from "../../stacks/config/workloads";

/** What a region has that workloads reach through IAM. */
export interface AwsAccess {
  account: string;
  region: string;
  database: {
    /** Region of the primary. */
    region: string;
    /** The id that IAM authentication names. */
    resourceId: pulumi.Input<string>;
    user: pulumi.Input<string>;
  };
  cache: { replicationGroupArn: pulumi.Input<string>; userArn: pulumi.Input<string> };
  /** @default - the region keeps no education records */
  records?: { bucketArn: pulumi.Input<string> };
  /** Key of the records and of the secrets. */
  keyArn: pulumi.Input<string>;
  /** ARN of each secret that the workload reads. */
  secrets: readonly pulumi.Input<string>[];
}

type Statement = Exclude<PolicyDocument["Statement"], pulumi.Output<unknown> | Promise<unknown>>[number];

/** The IAM policy of a workload: each action on the very thing that its config names. `undefined` when it needs none. */
export function workloadPolicy(config: WorkloadConfig["access"], access: AwsAccess): PolicyDocument | undefined {
  const statements: Statement[] = [];
  if (config.database) {
    const { region, resourceId, user } = access.database;
    statements.push(
      allow(
        "Database",
        ["rds-db:connect"],
        [pulumi.interpolate`arn:aws:rds-db:${region}:${access.account}:dbuser:${resourceId}/${user}`],
      ),
    );
  }
  if (config.cache) {
    statements.push(allow("Cache", ["elasticache:Connect"], [access.cache.replicationGroupArn, access.cache.userArn]));
  }
  const keyUsers: string[] = [];
  const keyActions = ["kms:Decrypt"];
  if (config.records !== "none" && access.records !== undefined) {
    const write = config.records === "read-write";
    const objects = pulumi.interpolate`${access.records.bucketArn}/*`;
    statements.push(allow("Records", write ? ["s3:GetObject", "s3:PutObject"] : ["s3:GetObject"], [objects]));
    keyUsers.push(`s3.${access.region}.amazonaws.com`);
    if (write) {
      keyActions.push("kms:GenerateDataKey");
    }
  }
  if (access.secrets.length > 0) {
    statements.push(
      allow("Secrets", ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], [...access.secrets]),
    );
    keyUsers.push(`secretsmanager.${access.region}.amazonaws.com`);
  }
  if (keyUsers.length > 0) {
    statements.push({
      ...allow("Key", keyActions, [access.keyArn]),
      Condition: { StringEquals: { "kms:ViaService": keyUsers } },
    });
  }
  return statements.length === 0 ? undefined : { Version: "2012-10-17", Statement: statements };
}

function allow(Sid: string, Action: string[], Resource: pulumi.Input<string>[]) {
  return { Sid, Effect: "Allow" as const, Action, Resource };
}
