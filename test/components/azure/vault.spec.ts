import assert from "node:assert/strict";
import { Encryption } from "../../../components/azure/encryption";
import { ExpiryNotices } from "../../../components/azure/expiryNotices";
import { ROLES } from "../../../components/azure/roleAssignment";
import { TesterToken } from "../../../components/azure/testerToken";
import { Vault } from "../../../components/azure/vault";
import { alerts, answers, place, unprotected, watch } from "../../support/azurePlace";
import { all, find, misplaced, record } from "../../support/recorder";

describe("the key vault", () => {
  const make = (network?: { subnetId: string; zoneId: string }) =>
    record(
      () =>
        new Vault("vault", {
          ...place,
          ...watch,
          vaultName: "school-eastus2",
          tenantId: "tenant",
          ...(network === undefined ? {} : { network }),
        }).uri,
      answers,
    );

  it("has no public address, and is entered by roles", async () => {
    const { resources, value } = await make({ subnetId: "endpoints", zoneId: "zone" });
    const { properties } = find(resources, "azure-native:keyvault:Vault").inputs;
    assert.equal(properties.publicNetworkAccess, "Disabled");
    assert.equal(properties.networkAcls.defaultAction, "Deny");
    assert.equal(properties.enableRbacAuthorization, true);
    assert.equal(value, "https://school.vault.azure.net/");
    assert.equal(all(resources, "azure-native:network:PrivateEndpoint").length, 1);
    assert.deepEqual(misplaced(resources), []);
  });

  it("cannot be emptied for good", async () => {
    const { resources } = await make();
    const { properties } = find(resources, "azure-native:keyvault:Vault").inputs;
    assert.deepEqual(
      [properties.enablePurgeProtection, properties.enableSoftDelete, properties.softDeleteRetentionInDays],
      [true, true, 90],
    );
    assert.deepEqual(unprotected(resources, "azure-native:keyvault:Vault"), []);
  });

  it("has no private address where nobody but Azure's own services needs it", async () => {
    const { resources } = await make();
    assert.deepEqual(all(resources, "azure-native:network:PrivateEndpoint"), []);
  });

  it("writes down who used it, and wakes people when it is gone", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "azure-native:monitor:DiagnosticSetting");
    assert.deepEqual([inputs["resourceUri"], inputs["workspaceId"]], ["vault-vault-id", "workspace"]);
    assert.deepEqual(alerts(resources)["vault-available"], {
      metric: "Availability",
      fires: "LessThan 99 over PT5M",
      to: "critical-people",
    });
  });

  it("tells people in time what is about to expire, and wakes them when it has", async () => {
    const { resources } = await record(
      () => new ExpiryNotices("expiry", { ...place, vaultId: "vault", listeners: watch.listeners }).topicId,
      answers,
    );
    const heard = all(resources, "azure-native:eventgrid:SystemTopicEventSubscription").map(({ inputs }) => [
      inputs["filter"].includedEventTypes[0],
      inputs["destination"].actionGroups[0],
    ]);
    assert.deepEqual(heard.sort(), [
      ["Microsoft.KeyVault.SecretExpired", "critical-people"],
      ["Microsoft.KeyVault.SecretNearExpiry", "info-people"],
    ]);
    assert.deepEqual(misplaced(resources), []);
  });
});

describe("the key of data stores", () => {
  const make = () =>
    record(() => {
      const made = new Encryption("key", {
        ...place,
        subscriptionId: "subscription",
        vaultName: "school-eastus2",
        description: "Data.",
        rotationDays: 365,
      });
      return { keyUri: made.keyUri, keyVersionUri: made.keyVersionUri, identityId: made.identityId };
    }, answers);

  it("is rotated by Key Vault, and only wraps other keys", async () => {
    const { resources } = await make();
    const { properties } = find(resources, "azure-native:keyvault:Key").inputs;
    assert.deepEqual(properties.keyOps, ["wrapKey", "unwrapKey"]);
    assert.deepEqual(properties.rotationPolicy.lifetimeActions[0], {
      action: { type: "rotate" },
      trigger: { timeAfterCreate: "P365D" },
    });
  });

  it("is used by one identity, which may do nothing else", async () => {
    const { resources, value } = await make();
    const role = find(resources, "azure-native:authorization:RoleAssignment");
    assert.ok(role.inputs["roleDefinitionId"].endsWith(`/${ROLES.useKey}`));
    assert.equal(role.inputs["scope"], "key-key-id");
    assert.equal(role.inputs["principalId"], "key-identity-principal");
    assert.deepEqual(value, {
      keyUri: "https://school.vault.azure.net/keys/data",
      keyVersionUri: "https://school.vault.azure.net/keys/data/1",
      identityId: "key-identity-id",
    });
    assert.deepEqual(misplaced(resources), []);
  });

  it("stays, with its identity and role, when the stack goes: nothing could be read without them", async () => {
    const { resources } = await make();
    const types = ["keyvault:Key", "managedidentity:UserAssignedIdentity", "authorization:RoleAssignment"];
    assert.deepEqual(unprotected(resources, ...types.map((type) => `azure-native:${type}`)), []);
  });
});

describe("the testers' token", () => {
  it("is drawn and put into the vault, and left there when the stack goes, as nobody may delete it", async () => {
    const { resources } = await record(
      () =>
        new TesterToken("tester", {
          resourceGroupName: "school",
          tags: {},
          vaultName: "school-eastus2",
          secretName: "tester-token",
          generation: 1,
        }),
      answers,
    );
    const secret = find(resources, "azure-native:keyvault:Secret");
    assert.deepEqual([secret.inputs["secretName"], secret.retainOnDelete], ["tester-token", true]);
    assert.deepEqual(misplaced(resources), []);
  });
});
