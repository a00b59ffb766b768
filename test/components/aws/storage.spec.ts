import assert from "node:assert/strict";
import { AssetsBucket } from "../../../components/aws/assetsBucket";
import { AssetsPolicy } from "../../../components/aws/assetsPolicy";
import { RecordsBucket } from "../../../components/aws/recordsBucket";
import { RecordsReplication } from "../../../components/aws/recordsReplication";
import { storageSchema } from "../../../stacks/config/storage";
import { record, type Recording } from "../../support/record";

const config = storageSchema.parse({ records: {} });
const tags = { owner: "platform", residency: "EU" };
const computed = (type: string, name: string) =>
  type === "aws:s3/bucket:Bucket" ? { bucket: `${name}-1`, bucketRegionalDomainName: `${name}-1.s3.local` } : {};
const records = () =>
  record(
    () =>
      new RecordsBucket("records-eu-west-1", {
        config: config.records!,
        keyArn: "arn:key",
        accessLogBucket: "access-logs",
        tags,
      }),
    computed,
  );
const statements = (run: Recording<unknown>, name: string) =>
  JSON.parse(run.custom(name).inputs["policy"]).Statement as any[];

describe("RecordsBucket", () => {
  it("keeps versions 90 days, deletes records when their time is over, and drops unfinished uploads", async () => {
    const run = await records();
    const [rule] = run.custom("records-eu-west-1-private-lifecycle").inputs["rules"];
    assert.deepEqual(rule.expiration, { days: 1095 });
    assert.deepEqual(rule.noncurrentVersionExpiration, { noncurrentDays: 90 });
    assert.deepEqual(rule.abortIncompleteMultipartUpload, { daysAfterInitiation: 7 });
    const versioning = run.custom("records-eu-west-1-private-versioning").inputs["versioningConfiguration"];
    assert.deepEqual(versioning, { status: "Enabled" });
  });

  it("is private, owned, encrypted by its key, logged, tagged and protected", async () => {
    const run = await records();
    const access = run.custom("records-eu-west-1-private-access").inputs;
    for (const flag of ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"]) {
      assert.equal(access[flag], true, flag);
    }
    assert.deepEqual(run.custom("records-eu-west-1-private-ownership").inputs["rule"], {
      objectOwnership: "BucketOwnerEnforced",
    });
    assert.deepEqual(run.custom("records-eu-west-1-private-encryption").inputs["rules"], [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:key" },
        bucketKeyEnabled: true,
      },
    ]);
    assert.equal(run.custom("records-eu-west-1-private-logging").inputs["targetBucket"], "access-logs");
    const bucket = run.custom("records-eu-west-1-private-bucket");
    assert.deepEqual([bucket.protect, bucket.retainOnDelete], [true, true]);
    assert.equal(bucket.inputs["tags"]["data-class"], "education-record");
    assert.equal(bucket.inputs["tags"]["retention-days"], "1095");
  });

  it("refuses plain HTTP, old TLS and other encryption, and allows nobody anything", async () => {
    const policy = statements(await records(), "records-eu-west-1-policy");
    assert.deepEqual(
      policy.map(({ Sid }) => Sid),
      ["WithoutTls", "OldTls", "OtherEncryption", "OtherKey"],
    );
    assert.ok(policy.every(({ Effect }) => Effect === "Deny"));
    // Negated operators hold for a missing key too: without the Null, a write that asks for no encryption would fail.
    assert.deepEqual(policy[2].Condition.Null, { "s3:x-amz-server-side-encryption": "false" });
    assert.deepEqual(policy[3].Condition.Null, { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" });
  });

  it("hands out its name only with its versions, its access block and its policy in force", async () => {
    const run = await record(() => {
      const bucket = new RecordsBucket("records-eu-west-1", {
        config: config.records!,
        keyArn: "arn:key",
        accessLogBucket: "access-logs",
        tags,
      });
      const side = { region: "eu-west-1", bucket: bucket.bucket, bucketArn: bucket.arn, keyArn: "arn:key" };
      return new RecordsReplication("copies", { source: side, destinations: [side], alarmTopicArn: "arn:topic", tags });
    }, computed);
    const { dependencies } = run.custom("copies-config");
    for (const setting of ["private-versioning", "private-access", "policy"]) {
      assert.ok(dependencies.includes(`records-eu-west-1-${setting}`), setting);
    }
  });
});

describe("RecordsReplication", () => {
  const replication = () =>
    record(
      () =>
        new RecordsReplication("records-eu-west-1-copies", {
          source: { region: "eu-west-1", bucket: "ireland", bucketArn: "arn:ireland", keyArn: "arn:ireland-key" },
          destinations: [
            { region: "eu-central-1", bucket: "frankfurt", bucketArn: "arn:frankfurt", keyArn: "arn:frankfurt-key" },
          ],
          alarmTopicArn: "arn:topic",
          tags,
        }),
    );

  it("copies within 15 minutes, deletions too, encrypted by the destination's key", async () => {
    const [rule] = (await replication()).custom("records-eu-west-1-copies-config").inputs["rules"];
    assert.equal(rule.status, "Enabled");
    assert.deepEqual(rule.deleteMarkerReplication, { status: "Enabled" });
    assert.deepEqual(rule.sourceSelectionCriteria, { sseKmsEncryptedObjects: { status: "Enabled" } });
    assert.equal(rule.destination.bucket, "arn:frankfurt");
    assert.deepEqual(rule.destination.encryptionConfiguration, { replicaKmsKeyId: "arn:frankfurt-key" });
    assert.deepEqual(rule.destination.replicationTime, { status: "Enabled", time: { minutes: 15 } });
    assert.equal(rule.destination.metrics.status, "Enabled");
  });

  it("reads and decrypts only the source, writes and encrypts only the destination", async () => {
    const rights = statements(await replication(), "records-eu-west-1-copies-rights");
    assert.deepEqual(
      rights.map(({ Sid, Resource }) => [Sid, Resource]),
      [
        ["Source", "arn:ireland"],
        ["Read", "arn:ireland/*"],
        ["Write", ["arn:frankfurt/*"]],
        ["Decrypt", "arn:ireland-key"],
        ["Encrypt0", "arn:frankfurt-key"],
      ],
    );
    assert.equal(rights[3].Condition.StringEquals["kms:ViaService"], "s3.eu-west-1.amazonaws.com");
    assert.equal(rights[4].Condition.StringEquals["kms:ViaService"], "s3.eu-central-1.amazonaws.com");
  });

  it("wakes people when copies are late or fail", async () => {
    const run = await replication();
    const late = run.custom("records-eu-west-1-copies-eu-central-1-late-alarm").inputs;
    assert.deepEqual([late["metricName"], late["threshold"]], ["ReplicationLatency", 900]);
    assert.equal(run.ofType("aws:cloudwatch/metricAlarm:MetricAlarm").length, 2);
  });
});

describe("AssetsBucket", () => {
  it("is read by one distribution and nobody else, and never expires what a page may name", async () => {
    const run = await record(() => {
      const assets = new AssetsBucket("assets", {
        config: config.assets,
        keyArn: "arn:key",
        accessLogBucket: "logs",
        tags,
      });
      return new AssetsPolicy("assets-policy", {
        ...assets,
        bucketArn: assets.arn,
        keyArn: "arn:key",
        distributionArn: "arn:cdn",
      });
    }, computed);
    const allowed = statements(run, "assets-policy-policy").filter(({ Effect }) => Effect === "Allow");
    assert.equal(allowed.length, 1);
    assert.deepEqual(allowed[0].Principal, { Service: "cloudfront.amazonaws.com" });
    assert.equal(allowed[0].Action, "s3:GetObject");
    assert.deepEqual(allowed[0].Condition, { StringEquals: { "aws:SourceArn": "arn:cdn" } });
    const [rule] = run.custom("assets-private-lifecycle").inputs["rules"];
    assert.equal(rule.expiration, undefined);
    assert.deepEqual(rule.noncurrentVersionExpiration, { noncurrentDays: 90 });
  });
});
