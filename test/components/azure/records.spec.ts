import assert from "node:assert/strict";
import { Records } from "../../../components/azure/records";
import { azureConfig } from "../../support/azureConfig";
import { answers, encryption, place, unprotected } from "../../support/azurePlace";
import { all, find, misplaced, record } from "../../support/recorder";

const config = azureConfig();
const STORAGE = "azure-native:storage";

const make = () =>
  record(() => {
    const made = new Records("records", {
      ...place,
      config: config.storage,
      workspaceId: "workspace",
      subnetId: "endpoints",
      zoneId: "zone",
      encryption: { vaultUri: "https://vault", keyName: "data", identityId: encryption.identityId },
    });
    return { endpoint: made.blobEndpoint, containers: made.containerIds };
  }, answers);

describe("the store of education records", () => {
  it("has no public address, no keys and no public containers, and speaks TLS 1.2", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, `${STORAGE}:StorageAccount`);
    assert.deepEqual(
      [
        inputs["publicNetworkAccess"],
        inputs["allowSharedKeyAccess"],
        inputs["allowBlobPublicAccess"],
        inputs["minimumTlsVersion"],
        inputs["enableHttpsTrafficOnly"],
        inputs["networkRuleSet"].defaultAction,
      ],
      ["Disabled", false, false, "TLS1_2", true, "Deny"],
    );
    assert.ok(
      all(resources, `${STORAGE}:BlobContainer`).every(({ inputs: { publicAccess } }) => publicAccess === "None"),
    );
  });

  it("is encrypted with the own key, whose rotation it follows", async () => {
    const { resources } = await make();
    const { keySource, keyVaultProperties } = find(resources, `${STORAGE}:StorageAccount`).inputs["encryption"];
    assert.equal(keySource, "Microsoft.Keyvault");
    assert.deepEqual(keyVaultProperties, { keyVaultUri: "https://vault", keyName: "data" });
  });

  it("brings versions and deletions back for 90 days, and deletes records after their time", async () => {
    const { resources } = await make();
    const blobs = find(resources, `${STORAGE}:BlobServiceProperties`).inputs;
    assert.equal(blobs["isVersioningEnabled"], true);
    assert.deepEqual(blobs["deleteRetentionPolicy"], { enabled: true, days: 90 });
    const [rule] = find(resources, `${STORAGE}:ManagementPolicy`).inputs["policy"].rules;
    assert.deepEqual(rule.definition.filters.prefixMatch, ["records/"]);
    assert.equal(rule.definition.actions.baseBlob.delete.daysAfterModificationGreaterThan, 1_095);
    assert.equal(rule.definition.actions.version.delete.daysAfterCreationGreaterThan, 90);
  });

  it("deletes what a deletion leaves as a version, too, in each container", async () => {
    const { resources } = await make();
    const { rules } = find(resources, `${STORAGE}:ManagementPolicy`).inputs["policy"];
    assert.deepEqual(
      rules.map(({ definition: { filters, actions } }: any) => [
        filters.prefixMatch[0],
        actions.baseBlob.delete.daysAfterModificationGreaterThan,
        actions.version.delete.daysAfterCreationGreaterThan,
      ]),
      [
        ["records/", 1_095, 90],
        ["audit/", 400, 400],
        ["backups/", 35, 1],
      ],
    );
  });

  it("keeps the record of disclosures as it was written, which can be added to", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, `${STORAGE}:BlobContainerImmutabilityPolicy`);
    assert.deepEqual(
      [inputs["immutabilityPeriodSinceCreationInDays"], inputs["allowProtectedAppendWrites"]],
      [400, true],
    );
  });

  it("writes down who read, wrote and deleted what", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "azure-native:monitor:DiagnosticSetting");
    assert.equal(inputs["resourceUri"], "records-account-id/blobServices/default");
    assert.deepEqual(
      inputs["logs"].map(({ category }: { category: string }) => category),
      ["StorageRead", "StorageWrite", "StorageDelete"],
    );
  });

  it("stays when the stack goes", async () => {
    const { resources, value } = await make();
    assert.deepEqual(
      unprotected(
        resources,
        `${STORAGE}:StorageAccount`,
        `${STORAGE}:BlobContainer`,
        `${STORAGE}:BlobContainerImmutabilityPolicy`,
      ),
      [],
    );
    assert.deepEqual(value, {
      endpoint: "https://schoolrecords.blob.core.windows.net/",
      containers: { records: "records-records-id", audit: "records-audit-id", backups: "records-backups-id" },
    });
    assert.deepEqual(misplaced(resources), []);
  });
});
