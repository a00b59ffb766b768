import assert from "node:assert/strict";
import { Database } from "../../../components/azure/database";
import { azureConfig } from "../../support/azureConfig";
import { alerts, answers, encryption, place, unprotected, watch } from "../../support/azurePlace";
import { all, find, misplaced, record } from "../../support/recorder";

const config = azureConfig();
const SERVER = "azure-native:dbforpostgresql:Server";

const make = (geo?: { keyUri: string; identityId: string }) =>
  record(() => {
    const made = new Database("database", {
      ...place,
      ...watch,
      tenantId: "tenant",
      config: config.database,
      thresholds: config.observability.thresholds,
      subnetId: "database-subnet",
      zoneId: "zone",
      encryption,
      ...(geo === undefined ? {} : { geo }),
      administrators: {
        ...config.database.administrators,
        migrations: { objectId: "migrations", name: "school-migrations", kind: "ServicePrincipal" },
      },
    });
    return { address: made.primary.address, replica: made.replicas["reports"]!.address };
  }, answers);

describe("the PostgreSQL server", () => {
  it("has no public address and no passwords", async () => {
    const { resources } = await make();
    for (const { name, inputs } of all(resources, SERVER)) {
      assert.equal(inputs["network"].delegatedSubnetResourceId, "database-subnet", name);
      assert.equal(inputs["network"].publicNetworkAccess, "Disabled", name);
      assert.deepEqual(
        inputs["authConfig"],
        { activeDirectoryAuth: "Enabled", passwordAuth: "Disabled", tenantId: "tenant" },
        name,
      );
      assert.equal(inputs["administratorLoginPassword"], undefined);
    }
  });

  it("has a standby in another zone, and a replica without one", async () => {
    const { resources, value } = await make();
    const primary = find(resources, SERVER, "primary-server");
    assert.deepEqual(primary.inputs["highAvailability"], { mode: "ZoneRedundant", standbyAvailabilityZone: "2" });
    const replica = find(resources, SERVER, "replica-reports-server");
    assert.deepEqual(
      [replica.inputs["createMode"], replica.inputs["sourceServerResourceId"], replica.inputs["highAvailability"].mode],
      ["Replica", primary.name + "-id", "Disabled"],
    );
    assert.equal(replica.inputs["backup"], undefined, "a replica has none");
    assert.deepEqual(value, {
      address: "school-production.postgres.database.azure.com",
      replica: "school-production-reports.postgres.database.azure.com",
    });
  });

  it("is encrypted with the own key; copies of its backups with a key of their own region", async () => {
    const { resources } = await make({ keyUri: "https://backup/keys/data", identityId: "backup-identity" });
    const { dataEncryption, identity, backup } = find(resources, SERVER, "primary-server").inputs;
    assert.equal(dataEncryption.primaryKeyURI, encryption.keyUri);
    assert.equal(dataEncryption.geoBackupKeyURI, "https://backup/keys/data");
    assert.deepEqual(Object.keys(identity.userAssignedIdentities).sort(), ["backup-identity", encryption.identityId]);
    assert.deepEqual(backup, { backupRetentionDays: 35, geoRedundantBackup: "Enabled" });
    const alone = await make();
    assert.equal(find(alone.resources, SERVER, "primary-server").inputs["backup"].geoRedundantBackup, "Disabled");
  });

  it("stays when the stack goes, with its database", async () => {
    const { resources } = await make();
    assert.deepEqual(unprotected(resources, SERVER, "azure-native:dbforpostgresql:Database"), []);
  });

  it("refuses connections in clear, and takes one setting after the other", async () => {
    const { resources } = await make();
    const settings = all(resources, "azure-native:dbforpostgresql:Configuration");
    const values = Object.fromEntries(settings.map(({ inputs }) => [inputs["configurationName"], inputs["value"]]));
    assert.equal(values["require_secure_transport"], "on");
    assert.equal(values["ssl_min_protocol_version"], "TLSv1.2");
    assert.equal(values["pgbouncer.enabled"], "true");
    assert.equal(values["pgaudit.log"], "role,ddl");
    const chain = [
      ...settings,
      ...all(resources, "azure-native:dbforpostgresql:AdministratorsMicrosoftEntra"),
      find(resources, "azure-native:dbforpostgresql:Database"),
    ];
    for (const [index, one] of chain.entries()) {
      assert.ok(index === 0 || one.dependencies.includes(chain[index - 1]!.urn), one.name);
    }
  });

  it("is administered by the people and the identity that are named", async () => {
    const { resources } = await make();
    assert.deepEqual(
      all(resources, "azure-native:dbforpostgresql:AdministratorsMicrosoftEntra").map(({ inputs }) => [
        inputs["principalName"],
        inputs["principalType"],
      ]),
      [
        ["school-operators", "Group"],
        ["school-migrations", "ServicePrincipal"],
      ],
    );
  });

  it("wakes people when it does not answer, and tells them at 80, 85 and 90 %, and of a late replica", async () => {
    const { resources } = await make();
    const found = alerts(resources);
    assert.deepEqual(found["database-primary-alive"], {
      metric: "is_db_alive",
      fires: "LessThan 1 over PT5M",
      to: "critical-people",
    });
    assert.deepEqual(
      ["cpu", "memory", "storage"].map((key) => found[`database-primary-${key}`]?.fires),
      ["GreaterThan 80 over PT5M", "GreaterThan 85 over PT5M", "GreaterThan 90 over PT5M"],
    );
    assert.equal(found["database-replica-reports-lag"]?.fires, "GreaterThan 60 over PT5M");
    assert.equal(found["database-primary-lag"], undefined);
    assert.deepEqual(misplaced(resources), []);
  });
});
