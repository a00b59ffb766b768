import assert from "node:assert/strict";
import { Backup } from "../../../components/aws/backup";
import { BackupVault } from "../../../components/aws/backupVault";
import { Database } from "../../../components/aws/database";
import { DatabaseReplica } from "../../../components/aws/databaseReplica";
import { databaseSchema } from "../../../stacks/config/database";
import { record } from "../../support/record";

const config = databaseSchema.parse({ replicas: {} });
const reader = { region: "us-east-1", multiAz: false, promote: false };
const facts = {
  config,
  vpcId: "vpc",
  subnetIds: ["subnet-a", "subnet-b"],
  clientSecurityGroupId: "sg-cluster",
  keyArn: "arn:key",
  logKeyArn: "arn:log-key",
  logRetentionDays: 365,
  alarmTopicArn: "arn:topic",
  tags: { owner: "platform", residency: "US" },
};
const make = (replica: Partial<typeof reader> & { engineVersion?: string } = {}) =>
  record(
    () =>
      new Database("database-us-east-1", {
        ...facts,
        identifier: "pathfinity-us",
        account: "123456789012",
        region: "us-east-1",
        replicas: { "reader-1": { ...reader, ...replica }, "reader-2": reader },
        secretKeyArn: "arn:secret-key",
        secretReplicas: [{ region: "us-west-2", keyArn: "arn:west" }],
        peerCidrs: ["10.30.0.0/16"],
      }),
    (type) =>
      type === "aws:lambda/invocation:Invocation"
        ? { result: '"Pass"' }
        : { resourceId: "db-ABC", address: "db.local" },
  );
const across = (replica: { multiAz: boolean; promote: boolean }) =>
  record(
    () =>
      new DatabaseReplica("database-us-west-2", {
        ...facts,
        identifier: "pathfinity-us-recovery",
        sourceArn: "arn:aws:rds:us-east-1:123456789012:db:pathfinity-us",
        replica,
      }),
  );

describe("Database", () => {
  it("is the primary that the plan asks for", async () => {
    const { inputs } = (await make()).custom("database-us-east-1-primary-instance");
    const expected = {
      identifier: "pathfinity-us",
      engine: "postgres",
      engineVersion: "15.18",
      instanceClass: "db.r6g.2xlarge",
      allocatedStorage: 500,
      storageType: "gp3",
      storageEncrypted: true,
      kmsKeyId: "arn:key",
      multiAz: true,
      publiclyAccessible: false,
      iamDatabaseAuthenticationEnabled: true,
      backupRetentionPeriod: 30,
      backupWindow: "03:00-04:00",
      maintenanceWindow: "sun:04:00-sun:05:00",
      monitoringInterval: 60,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: "arn:key",
      enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
      caCertIdentifier: "rds-ca-rsa2048-g1",
      deletionProtection: true,
      copyTagsToSnapshot: true,
      skipFinalSnapshot: false,
      deleteAutomatedBackups: false,
      username: "pathfinity_admin",
      password: "Pass",
    };
    for (const [key, value] of Object.entries(expected)) {
      assert.deepEqual(inputs[key], value, key);
    }
    assert.equal(inputs["manageMasterUserPassword"], undefined);
  });

  it("keeps data three times, and leaves the password to the rotation", async () => {
    const run = await make();
    for (const instance of run.ofType("aws:rds/instance:Instance")) {
      assert.deepEqual([instance.protect, instance.retainOnDelete], [true, true], instance.name);
      assert.equal(instance.inputs["deletionProtection"], true);
      assert.deepEqual(instance.ignoreChanges, ["password"]);
    }
  });

  it("forces TLS, logs connections, and writes no parameter of a statement into a log", async () => {
    const { inputs } = (await make()).custom("database-us-east-1-site-parameters");
    const parameters = Object.fromEntries(inputs["parameters"].map(({ name, value }: any) => [name, value]));
    assert.equal(parameters["rds.force_ssl"], "1");
    assert.equal(parameters["log_connections"], "1");
    assert.match(parameters["shared_preload_libraries"], /pgaudit/);
    assert.deepEqual([parameters["pgaudit.log_parameter"], parameters["log_parameter_max_length"]], ["0", "0"]);
    const pending = inputs["parameters"].filter(({ applyMethod }: any) => applyMethod === "pending-reboot");
    assert.deepEqual(
      pending.map(({ name }: any) => name),
      ["pgaudit.role", "shared_preload_libraries"],
    );
  });

  it("lets in the cluster and the jurisdiction's other regions, on its port, and nobody else", async () => {
    const rules = (await make()).ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.deepEqual(
      rules.map(({ inputs }) => [
        inputs["referencedSecurityGroupId"] ?? inputs["cidrIpv4"],
        inputs["fromPort"],
        inputs["toPort"],
      ]),
      [
        ["sg-cluster", 5432, 5432],
        ["10.30.0.0/16", 5432, 5432],
      ],
    );
  });

  it("has its log groups, encrypted and with an end, before RDS would make them", async () => {
    const run = await make();
    const instance = run.custom("database-us-east-1-replica-reader-1-instance");
    for (const log of ["postgresql", "upgrade"]) {
      const group = run.custom(`database-us-east-1-replica-reader-1-${log}-log`);
      assert.equal(group.inputs["name"], `/aws/rds/instance/pathfinity-us-reader-1/${log}`);
      assert.deepEqual([group.inputs["retentionInDays"], group.inputs["kmsKeyId"]], [365, "arn:log-key"]);
      assert.ok(instance.dependencies.includes(group.name));
    }
  });

  it("has replicas of a version of their own during an upgrade", async () => {
    const run = await make({ engineVersion: "15.19" });
    const version = (name: string) => run.custom(`database-us-east-1-${name}-instance`).inputs["engineVersion"];
    assert.deepEqual(["replica-reader-1", "replica-reader-2", "primary"].map(version), ["15.19", "15.18", "15.18"]);
  });

  it("reads from replicas that inherit what is the source's", async () => {
    const { inputs } = (await make()).custom("database-us-east-1-replica-reader-1-instance");
    assert.equal(inputs["replicateSourceDb"], "pathfinity-us");
    for (const inherited of [
      "engine",
      "allocatedStorage",
      "username",
      "password",
      "dbName",
      "dbSubnetGroupName",
      "kmsKeyId",
    ]) {
      assert.equal(inputs[inherited], undefined, inherited);
    }
    assert.deepEqual(
      [inputs["multiAz"], inputs["backupRetentionPeriod"], inputs["skipFinalSnapshot"]],
      [false, 30, true],
    );
  });

  it("promotes a replica in place: it no longer follows, gets a standby, and leaves a final snapshot", async () => {
    const promoted = (await make({ promote: true })).custom("database-us-east-1-replica-reader-1-instance").inputs;
    const following = (await make()).custom("database-us-east-1-replica-reader-1-instance").inputs;
    const changed = [...new Set([...Object.keys(promoted), ...Object.keys(following)])].filter(
      (key) => JSON.stringify(promoted[key]) !== JSON.stringify(following[key]),
    );
    assert.deepEqual(changed.sort(), ["applyImmediately", "multiAz", "replicateSourceDb", "skipFinalSnapshot"]);
    assert.deepEqual([promoted["replicateSourceDb"], promoted["multiAz"]], [undefined, true]);
  });

  it("rotates the master password in a secret of its own, scheduled once the primary is there", async () => {
    const run = await make();
    const rotation = run.custom("database-us-east-1-admin-rotation");
    assert.ok(rotation.dependencies.includes("database-us-east-1-primary-instance"));
    assert.equal(rotation.inputs["rotateImmediately"], false);
    assert.deepEqual(rotation.inputs["rotationRules"], { automaticallyAfterDays: 30 });
    const environment = run.custom("database-us-east-1-admin-rotation-function").inputs["environment"];
    assert.equal(environment.variables.INSTANCE, "pathfinity-us");
  });

  it("watches each instance, and the lag of those that follow", async () => {
    const names = (run: Awaited<ReturnType<typeof make>>) =>
      run.ofType("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => inputs["metricName"] as string);
    const lags = async (replica: object) =>
      names(await make(replica)).filter((metric) => metric === "ReplicaLag").length;
    assert.equal(names(await make()).length, 3 + 4 + 4);
    assert.deepEqual([await lags({}), await lags({ promote: true })], [2, 1]);
  });

  it("tags what holds records with class, legal basis and retention", async () => {
    const { inputs } = (await make()).custom("database-us-east-1-primary-instance");
    assert.deepEqual(inputs["tags"], {
      owner: "platform",
      residency: "US",
      "data-class": "education-record",
      "legal-basis": "public-task",
      "retention-days": "30",
    });
  });

  it("names every child after its parent", async () => {
    for (const { name, parent, type } of (await make()).resources) {
      assert.ok(
        parent === "" || parent === "cutover-test" || name.startsWith(`${parent}-`),
        `${type} ${name} in ${parent}`,
      );
    }
  });
});

describe("DatabaseReplica", () => {
  it("follows a primary of another region with its own region's key, subnets and parameters", async () => {
    const { inputs } = (await across({ multiAz: true, promote: false })).custom("database-us-west-2-replica-instance");
    assert.equal(inputs["replicateSourceDb"], "arn:aws:rds:us-east-1:123456789012:db:pathfinity-us");
    assert.deepEqual(
      [inputs["kmsKeyId"], inputs["dbSubnetGroupName"]],
      ["arn:key", "database-us-west-2-site-subnets-name"],
    );
    assert.deepEqual(
      [inputs["multiAz"], inputs["backupRetentionPeriod"], inputs["instanceClass"]],
      [true, 30, config.instanceClass],
    );
  });

  it("stops following when it is promoted, and keeps key and subnets", async () => {
    const { inputs } = (await across({ multiAz: false, promote: true })).custom("database-us-west-2-replica-instance");
    assert.equal(inputs["replicateSourceDb"], undefined);
    assert.deepEqual([inputs["kmsKeyId"], inputs["multiAz"]], ["arn:key", true]);
  });
});

describe("Backup", () => {
  const backup = () =>
    record(() => {
      const vault = new BackupVault("backup-us-east-1", {
        config,
        keyArn: "arn:key",
        alarmTopicArn: "arn:topic",
        tags: {},
      });
      return new Backup("backup-us", {
        config,
        databaseArn: "arn:db",
        vaultName: vault.vaultName,
        copyVaultArn: "arn:west-vault",
        tags: {},
      });
    });

  it("takes a snapshot each six hours, copies it, and keeps neither forever", async () => {
    const run = await backup();
    const [rule] = run.custom("backup-us-plan").inputs["rules"];
    assert.equal(rule.schedule, "cron(15 0,6,12,18 * * ? *)");
    assert.deepEqual(rule.lifecycle, { deleteAfter: 35 });
    assert.deepEqual(rule.copyActions, [{ destinationVaultArn: "arn:west-vault", lifecycle: { deleteAfter: 35 } }]);
    assert.deepEqual(run.custom("backup-us-selection").inputs["resources"], ["arn:db"]);
  });

  it("keeps snapshots in an encrypted vault, and puts nothing into it before it is locked", async () => {
    const run = await backup();
    const vault = run.custom("backup-us-east-1-vault");
    assert.deepEqual([vault.protect, vault.retainOnDelete, vault.inputs["kmsKeyArn"]], [true, true, "arn:key"]);
    assert.deepEqual(run.custom("backup-us-east-1-lock").inputs["minRetentionDays"], 7);
    assert.ok(run.custom("backup-us-plan").dependencies.includes("backup-us-east-1-lock"));
  });
});
