import assert from "node:assert/strict";
import { ROLES } from "../../../components/azure/roleAssignment";
import { WorkloadIdentity } from "../../../components/azure/workloadIdentity";
import { identitiesSchema } from "../../../stacks/config/azure/identities";
import { answers, place } from "../../support/azurePlace";
import { all, find, misplaced, record } from "../../support/recorder";

const subjects = ["blue", "green"].map((color) => ({
  key: color,
  oidcIssuer: "issuer/",
  namespace: `school-${color}`,
  serviceAccount: "api",
}));

const make = (uses: Record<string, unknown>) =>
  record(() => {
    const made = new WorkloadIdentity("identity-api", {
      ...place,
      subscriptionId: "subscription",
      identityName: "school-api",
      config: identitiesSchema.parse({ api: uses })["api"]!,
      subjects,
      grantable: {
        aiAccountIds: { primary: "/ai-1", fallback: "/ai-2" },
        recordsContainerId: "/records",
        auditContainerId: "/audit",
        backupsContainerId: "/backups",
        vaultId: "/vault",
      },
    });
    return { clientId: made.clientId };
  }, answers);

const roles = async (uses: Record<string, unknown>) =>
  all((await make(uses)).resources, "azure-native:authorization:RoleAssignment").map(({ inputs }) => [
    inputs["scope"],
    inputs["roleDefinitionId"].split("/").at(-1),
  ]);

describe("the identity of a workload", () => {
  it("accepts tokens of its own service account in both colors, and no other", async () => {
    const { resources, value } = await make({});
    assert.deepEqual(
      all(resources, "azure-native:managedidentity:FederatedIdentityCredential").map(({ inputs }) => [
        inputs["issuer"],
        inputs["subject"],
      ]),
      [
        ["https://issuer/", "system:serviceaccount:school-blue:api"],
        ["https://issuer/", "system:serviceaccount:school-green:api"],
      ],
    );
    assert.equal(
      find(resources, "azure-native:managedidentity:UserAssignedIdentity").inputs["resourceName"],
      "school-api",
    );
    assert.deepEqual(value, { clientId: "identity-api-access-identity-client" });
    assert.deepEqual(misplaced(resources), []);
  });

  it("may do nothing when nothing is said", async () => {
    assert.deepEqual(await roles({}), []);
  });

  it("calls the models of both accounts", async () => {
    assert.deepEqual(await roles({ ai: true }), [
      ["/ai-1", ROLES.callModels],
      ["/ai-2", ROLES.callModels],
    ]);
  });

  it("has its other rights on one container and one secret each", async () => {
    assert.deepEqual(await roles({ records: true, audit: true, secrets: ["session-signing"] }), [
      ["/records", ROLES.writeBlobs],
      ["/audit", ROLES.writeBlobs],
      ["/vault/secrets/session-signing", ROLES.readSecrets],
    ]);
    assert.deepEqual(await roles({ release: true }), [["/backups", ROLES.writeBlobs]]);
  });
});
