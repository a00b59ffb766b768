import assert from "node:assert/strict";
import { Key } from "../../../components/aws/key";
import { autoscalingGrants, logsGrant, serviceGrant } from "../../../components/aws/keyGrant";
import { record } from "../../support/record";

const ACCOUNT = "123456789012";

describe("Key", () => {
  it("rotates each year, waits thirty days before it is deleted, and is protected", async () => {
    const run = await record(
      () => new Key("logs", { description: "Logs.", account: ACCOUNT }),
      (_type, name) => ({ keyId: `${name}-keyId` }),
    );
    const key = run.custom("logs-key");
    assert.equal(key.inputs["enableKeyRotation"], true);
    assert.equal(key.inputs["rotationPeriodInDays"], 365);
    assert.equal(key.inputs["deletionWindowInDays"], 30);
    assert.deepEqual([key.protect, key.retainOnDelete], [true, true]);
    assert.equal(run.custom("logs-alias").inputs["targetKeyId"], "logs-key-keyId");
  });

  it("lets nobody use it but the account's own policies and the grants, and never everybody", async () => {
    const grants = [
      logsGrant("eu-west-1", ACCOUNT),
      serviceGrant("Trail", "cloudtrail.amazonaws.com", ACCOUNT),
      ...autoscalingGrants(ACCOUNT),
    ];
    const run = await record(() => new Key("logs", { description: "Logs.", account: ACCOUNT, grants }));
    const { Statement: statements } = JSON.parse(run.custom("logs-key").inputs["policy"]);
    assert.deepEqual(
      statements.map((statement: any) => statement.Sid),
      ["Account", "CloudWatchLogs", "Trail", "AutoScaling", "AutoScalingVolumes"],
    );
    assert.equal(statements[0].Principal.AWS, `arn:aws:iam::${ACCOUNT}:root`);
    assert.deepEqual(statements[1].Condition, {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:*` },
    });
    assert.deepEqual(statements[2].Condition, { StringEquals: { "aws:SourceAccount": ACCOUNT } });
    assert.deepEqual(statements[4].Condition, { Bool: { "kms:GrantIsForAWSResource": "true" } });
    assert.ok(statements.every(({ Principal }: any) => Principal !== "*" && Principal.AWS !== "*"));
  });
});
