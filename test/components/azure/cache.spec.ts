import assert from "node:assert/strict";
import { Cache } from "../../../components/azure/cache";
import { azureConfig } from "../../support/azureConfig";
import { alerts, answers, encryption, place, unprotected, watch } from "../../support/azurePlace";
import { all, find, misplaced, record } from "../../support/recorder";

const config = azureConfig();
const REDIS = "azure-native:redisenterprise";

const make = () =>
  record(() => {
    const made = new Cache("cache", {
      ...place,
      ...watch,
      config: config.cache,
      thresholds: config.observability.thresholds,
      subnetId: "endpoints",
      zoneId: "zone",
      encryption,
      users: { api: "api-principal", "pupil-web": "web-principal" },
    });
    return { endpoint: made.endpoint, port: made.port };
  }, answers);

describe("the cache", () => {
  it("speaks TLS only, has no public address and no keys", async () => {
    const { resources, value } = await make();
    const cache = find(resources, `${REDIS}:RedisEnterprise`);
    const database = find(resources, `${REDIS}:Database`);
    assert.deepEqual(
      [cache.inputs["publicNetworkAccess"], cache.inputs["minimumTlsVersion"], cache.inputs["highAvailability"]],
      ["Disabled", "1.2", "Enabled"],
    );
    assert.deepEqual(
      [database.inputs["clientProtocol"], database.inputs["accessKeysAuthentication"]],
      ["Encrypted", "Disabled"],
    );
    assert.deepEqual(value, { endpoint: "school.eastus2.redis.azure.net", port: 10_000 });
  });

  it("is encrypted with the own key, and stays when the stack goes", async () => {
    const { resources } = await make();
    const { customerManagedKeyEncryption } = find(resources, `${REDIS}:RedisEnterprise`).inputs["encryption"];
    assert.equal(customerManagedKeyEncryption.keyEncryptionKeyUrl, encryption.keyVersionUri);
    assert.deepEqual(unprotected(resources, `${REDIS}:RedisEnterprise`, `${REDIS}:Database`), []);
  });

  it("writes down who connected; the database of a cache has no metrics to keep", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "azure-native:monitor:DiagnosticSetting");
    assert.deepEqual([inputs["resourceUri"], inputs["metrics"]], ["cache-database-id", undefined]);
    assert.deepEqual(inputs["logs"], [{ categoryGroup: "allLogs", enabled: true }]);
  });

  it("knows the identities that use it, one after the other", async () => {
    const { resources } = await make();
    const users = all(resources, `${REDIS}:AccessPolicyAssignment`);
    assert.deepEqual(
      users.map(({ inputs }) => [inputs["accessPolicyAssignmentName"], inputs["user"].objectId]),
      [
        ["api", "api-principal"],
        ["pupilweb", "web-principal"],
      ],
    );
    assert.ok(users[1]?.dependencies.includes(users[0]!.urn));
  });

  it("tells people at 80 % CPU and 85 % memory", async () => {
    const { resources } = await make();
    const found = alerts(resources);
    assert.deepEqual(
      [found["cache-cpu"]?.fires, found["cache-memory"]?.fires],
      ["GreaterThan 80 over PT5M", "GreaterThan 85 over PT5M"],
    );
    assert.deepEqual(misplaced(resources), []);
  });
});
