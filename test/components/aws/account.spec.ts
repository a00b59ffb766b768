import assert from "node:assert/strict";
import { Account } from "../../../components/aws/account";
import { AlarmTopic } from "../../../components/aws/alarmTopic";
import { Detection } from "../../../components/aws/detection";
import { Logs } from "../../../components/aws/logs";
import { Trail, trailArn, trailGrants } from "../../../components/aws/trail";
import { accountSchema } from "../../../stacks/config/account";
import { record, type Recording } from "../../support/record";

const ACCOUNT = "123456789012";
const config = accountSchema.parse({
  alarmEmails: ["oncall@example.org"],
  budget: { monthlyUsd: 35_000, emails: ["finance@example.org"] },
});
const tags = { owner: "platform" };
const trails = [trailArn("eu-west-1", ACCOUNT, "pathfinity-records-eu-west-1")];
const statements = (run: Recording<unknown>, name: string) =>
  JSON.parse(run.custom(name).inputs["policy"]).Statement as any[];

describe("Logs", () => {
  const logs = (more: { ofDistributions?: boolean } = {}) =>
    record(
      () =>
        new Logs("logs-eu-west-1", {
          ...more,
          config: config.logs,
          account: ACCOUNT,
          region: "eu-west-1",
          trailArns: trails,
          keyArn: "arn:key",
          tags,
        }),
      (type, name) => (type === "aws:s3/bucket:Bucket" ? { bucket: `${name}-1` } : {}),
    );

  it("locks CloudTrail's files for a year, by its key, and lets no other trail write", async () => {
    const run = await logs();
    assert.equal(run.custom("logs-eu-west-1-trail-private-bucket").inputs["objectLockEnabled"], true);
    assert.deepEqual(run.custom("logs-eu-west-1-trail-private-lock").inputs["rule"], {
      defaultRetention: { mode: "COMPLIANCE", days: 365 },
    });
    const write = statements(run, "logs-eu-west-1-trail-policy").find(({ Sid }) => Sid === "TrailWrite");
    assert.deepEqual(write.Condition.StringEquals["aws:SourceArn"], trails);
    assert.match(write.Resource, new RegExp(`/AWSLogs/${ACCOUNT}/\\*$`));
  });

  it("keeps access logs with the only encryption that their writers can, and not longer than 90 days", async () => {
    const run = await logs({ ofDistributions: true });
    assert.deepEqual(run.custom("logs-eu-west-1-access-private-encryption").inputs["rules"], [
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    assert.deepEqual(run.custom("logs-eu-west-1-access-private-lifecycle").inputs["rules"][0].expiration, { days: 90 });
    const writers = statements(run, "logs-eu-west-1-access-policy").filter(({ Effect }) => Effect === "Allow");
    assert.deepEqual(
      writers.map(({ Principal }) => Principal.Service),
      ["logdelivery.elasticloadbalancing.amazonaws.com", "logging.s3.amazonaws.com", "delivery.logs.amazonaws.com"],
    );
    assert.ok(writers.every(({ Condition }) => JSON.stringify(Condition).includes(ACCOUNT)));
    // CloudFront hands over its logs in us-east-1, wherever the bucket stands.
    assert.deepEqual(writers[2].Condition.ArnLike, {
      "aws:SourceArn": `arn:aws:logs:us-east-1:${ACCOUNT}:delivery-source:*`,
    });
  });

  it("takes CloudFront's logs, of users of every jurisdiction, in no region that was not asked to", async () => {
    const writers = statements(await logs(), "logs-eu-west-1-access-policy").map(({ Sid }) => Sid);
    assert.ok(!writers.includes("Distributions"), writers.join());
  });

  it("keeps the history of AWS Config unlocked, because it could not deliver, and for as long as the audit asks", async () => {
    const run = await logs();
    assert.equal(run.custom("logs-eu-west-1-history-private-bucket").inputs["objectLockEnabled"], false);
    assert.deepEqual(run.custom("logs-eu-west-1-history-private-lifecycle").inputs["rules"][0].expiration, {
      days: 400,
    });
  });

  it("blocks public access, refuses plain HTTP, versions and protects each bucket, and logs access to the audit's", async () => {
    const run = await logs();
    const buckets = run.ofType("aws:s3/bucket:Bucket");
    assert.equal(buckets.length, 3);
    for (const { name, protect, retainOnDelete } of buckets) {
      assert.deepEqual([protect, retainOnDelete], [true, true], name);
    }
    assert.equal(run.ofType("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").length, 3);
    assert.equal(run.ofType("aws:s3/bucketVersioning:BucketVersioning").length, 3);
    for (const kind of ["access", "trail", "history"]) {
      assert.equal(statements(run, `logs-eu-west-1-${kind}-policy`)[0].Sid, "WithoutTls");
    }
    assert.deepEqual(
      run.ofType("aws:s3/bucketLogging:BucketLogging").map(({ inputs }) => inputs["targetBucket"]),
      ["logs-eu-west-1-access-private-bucket-1", "logs-eu-west-1-access-private-bucket-1"],
    );
  });
});

describe("Trail", () => {
  const trail = (events: ConstructorParameters<typeof Trail>[1]["events"]) =>
    record(
      () =>
        new Trail("trail", {
          trailName: "pathfinity",
          events,
          bucket: "logs",
          keyArn: "arn:key",
          retentionDays: 400,
          tags,
        }),
    );

  it("records management events of every region, with files that can be proved", async () => {
    const { inputs, protect } = (await trail({ kind: "management" })).custom("trail-trail");
    assert.deepEqual(
      [inputs["isMultiRegionTrail"], inputs["enableLogFileValidation"], inputs["kmsKeyId"], protect],
      [true, true, "arn:key", true],
    );
  });

  it("records who touched an education record, in its own region only", async () => {
    const { inputs } = (await trail({ kind: "records", bucketArns: ["arn:records"] })).custom("trail-trail");
    assert.equal(inputs["isMultiRegionTrail"], false);
    assert.deepEqual(inputs["advancedEventSelectors"][0].fieldSelectors, [
      { field: "eventCategory", equals: ["Data"] },
      { field: "resources.type", equals: ["AWS::S3::Object"] },
      { field: "resources.ARN", startsWiths: ["arn:records/"] },
    ]);
  });

  it("gets the key for these trails only", () => {
    assert.deepEqual(
      trailGrants(trails).map(({ sid, conditions }) => [sid, conditions]),
      [["CloudTrail1", { StringEquals: { "aws:SourceArn": trails[0] } }]],
    );
  });
});

describe("Detection", () => {
  const detection = (recordsGlobal: boolean) =>
    record(
      () =>
        new Detection("detection-eu-west-1", {
          config,
          account: ACCOUNT,
          region: "eu-west-1",
          recordsGlobal,
          historyBucket: "history",
          historyBucketArn: "arn:history",
          keyArn: "arn:key",
          tags,
        }),
    );

  it("turns on GuardDuty with every protection plan of config", async () => {
    const run = await detection(false);
    assert.equal(run.custom("detection-eu-west-1-detector").inputs["enable"], true);
    assert.deepEqual(
      run.ofType("aws:guardduty/detectorFeature:DetectorFeature").map(({ inputs }) => inputs["name"]),
      config.guardDuty,
    );
  });

  it("starts AWS Config after it can deliver, and Security Hub after AWS Config", async () => {
    const run = await detection(false);
    assert.ok(run.custom("detection-eu-west-1-channel").dependencies.includes("detection-eu-west-1-recorder"));
    assert.ok(run.custom("detection-eu-west-1-recording").dependencies.includes("detection-eu-west-1-channel"));
    assert.ok(run.custom("detection-eu-west-1-hub").dependencies.includes("detection-eu-west-1-recording"));
    assert.deepEqual(
      run
        .ofType("aws:securityhub/standardsSubscription:StandardsSubscription")
        .map(({ inputs }) => inputs["standardsArn"]),
      config.standards.map((standard) => `arn:aws:securityhub:eu-west-1::standards/${standard}`),
    );
  });

  it("records what is global in one region only", async () => {
    const global = async (flag: boolean) =>
      (await detection(flag)).custom("detection-eu-west-1-recorder").inputs["recordingGroup"]
        .includeGlobalResourceTypes;
    assert.deepEqual([await global(true), await global(false)], [true, false]);
  });

  it("lets AWS Config write its history there and nowhere else", async () => {
    const rights = statements(await detection(false), "detection-eu-west-1-writes");
    assert.deepEqual(
      rights.map(({ Resource }) => Resource),
      ["arn:history", `arn:history/AWSLogs/${ACCOUNT}/Config/*`, "arn:key"],
    );
  });
});

describe("AlarmTopic", () => {
  it("is encrypted, takes alarms of its region and account only, and mails to everybody in config", async () => {
    const run = await record(
      () =>
        new AlarmTopic("alarms-eu-west-1", {
          account: ACCOUNT,
          region: "eu-west-1",
          keyArn: "arn:key",
          emails: config.alarmEmails,
          tags,
        }),
    );
    assert.equal(run.custom("alarms-eu-west-1-topic").inputs["kmsMasterKeyId"], "arn:key");
    const [alarms] = statements(run, "alarms-eu-west-1-policy");
    assert.equal(alarms.Condition.ArnLike["aws:SourceArn"], `arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:*`);
    assert.equal(run.custom("alarms-eu-west-1-oncall-example-org").inputs["endpoint"], "oncall@example.org");
  });
});

describe("Account", () => {
  const account = () => record(() => new Account("account", { config, account: ACCOUNT, tags }));

  it("blocks public access to every bucket of the account", async () => {
    const { inputs } = (await account()).custom("account-public-access");
    assert.deepEqual(inputs, {
      accountId: ACCOUNT,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  it("warns about cost, spent and foreseen, and about what is unexpected", async () => {
    const run = await account();
    const { inputs } = run.custom("account-budget-monthly");
    assert.equal(inputs["limitAmount"], "35000");
    assert.deepEqual(
      inputs["notifications"].map(({ notificationType, threshold }: any) => [notificationType, threshold]),
      [
        ["ACTUAL", 50],
        ["ACTUAL", 80],
        ["ACTUAL", 100],
        ["FORECASTED", 100],
      ],
    );
    assert.deepEqual(run.custom("account-budget-anomalies").inputs["monitorArnLists"], ["arn:account-budget-services"]);
  });
});
