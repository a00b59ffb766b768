import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { OpenAi } from "../../../components/azure/openAi";
import { uuidV5 } from "../../../components/internal/uuid";
import { ai } from "../../support/platformEdge";
import { all, find, misplaced, record } from "../../support/recorder";

const subjects = ["eu-west-1", "eu-central-1"].flatMap((region) =>
  ["blue", "green"].map((color) => ({
    key: `${region}-${color}-finn`,
    oidcIssuer: `oidc.eks.${region}.amazonaws.com/id/AB`,
    namespace: `pathfinity-${color}`,
    serviceAccount: "finn",
  })),
);
const tags = { residency: "EU", "data-class": "education-records" };

const deployments = {
  chat: { model: "gpt-5.1", version: "2025-11-13", capacity: 200 },
  embedding: { model: "text-embedding-3-large", version: "1", capacity: 100 },
};

const make = () =>
  record(
    () => {
      const made = new OpenAi("ai-eu", {
        subscriptionId: ai.subscriptionId,
        config: { location: "swedencentral", subdomain: "pathfinity-eu", deployments },
        logRetentionDays: 365,
        subjects,
        natAddresses: pulumi.output(["198.51.100.1", "198.51.100.2"]),
        tags,
      });
      return {
        endpoint: made.endpoint,
        clientId: made.clientId,
        tenantId: made.tenantId,
        deployments: made.deployments,
      };
    },
    (type, _name, inputs) => {
      switch (type) {
        case "azure-native:cognitiveservices:Account":
          return { properties: { ...inputs["properties"], endpoint: "https://pathfinity-eu.openai.azure.com/" } };
        case "azure-native:managedidentity:UserAssignedIdentity":
          return { clientId: "client", principalId: "principal", tenantId: "tenant" };
        default:
          return {};
      }
    },
  );

describe("Azure OpenAI of a jurisdiction", () => {
  it("keeps everything in the one location of the jurisdiction, with its tags", async () => {
    const { resources } = await make();
    for (const { name, inputs } of resources) {
      if (inputs["location"] !== undefined) {
        assert.equal(inputs["location"], "swedencentral", name);
        assert.deepEqual(inputs["tags"], tags, name);
      }
    }
  });

  it("accepts no key, and answers the NAT addresses and nobody else", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "azure-native:cognitiveservices:Account");
    assert.equal(inputs["kind"], "OpenAI");
    assert.equal(inputs["properties"].disableLocalAuth, true);
    assert.equal(inputs["properties"].customSubDomainName, "pathfinity-eu");
    assert.deepEqual(inputs["properties"].networkAcls, {
      defaultAction: "Deny",
      bypass: "None",
      ipRules: [{ value: "198.51.100.1" }, { value: "198.51.100.2" }],
    });
  });

  it("deploys models with the regional SKU and a pinned version, one after the other", async () => {
    const { resources } = await make();
    const models = all(resources, "azure-native:cognitiveservices:Deployment");
    assert.deepEqual(
      models.map(({ inputs }) => [inputs["deploymentName"], inputs["sku"], inputs["properties"].model.version]),
      [
        ["chat", { name: "Standard", capacity: 200 }, "2025-11-13"],
        ["embedding", { name: "Standard", capacity: 100 }, "1"],
      ],
    );
    assert.ok(models.every(({ inputs }) => inputs["properties"].versionUpgradeOption === "NoAutoUpgrade"));
    assert.ok(models[1]?.dependencies.includes(models[0]?.urn ?? ""));
  });

  it("trusts exactly the service accounts that are named, of exactly their clusters", async () => {
    const { resources } = await make();
    const credentials = all(resources, "azure-native:managedidentity:FederatedIdentityCredential");
    assert.deepEqual(
      credentials.map(({ inputs }) => [inputs["issuer"], inputs["subject"], inputs["audiences"]]),
      subjects.map(({ oidcIssuer, namespace, serviceAccount }) => [
        `https://${oidcIssuer}`,
        `system:serviceaccount:${namespace}:${serviceAccount}`,
        ["api://AzureADTokenExchange"],
      ]),
    );
  });

  it("makes the credentials one after the other, because Azure refuses two at a time", async () => {
    const { resources } = await make();
    const credentials = all(resources, "azure-native:managedidentity:FederatedIdentityCredential");
    for (const [index, credential] of credentials.entries()) {
      if (index > 0) {
        assert.ok(credential.dependencies.includes(credentials[index - 1]?.urn ?? ""), credential.name);
      }
    }
  });

  it("lets the identity call the models of this account, and nothing more", async () => {
    const { resources } = await make();
    const role = find(resources, "azure-native:authorization:RoleAssignment");
    assert.equal(role.inputs["scope"], "ai-eu-account-id");
    assert.equal(role.inputs["principalId"], "principal");
    assert.ok(role.inputs["roleDefinitionId"].endsWith("/5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"));
    const text = `${ai.subscriptionId}/pathfinity-eu/5e0bd9bd-7b93-4f28-af87-19fc36ad61bd`;
    assert.equal(role.inputs["roleAssignmentName"], uuidV5(text));
    assert.equal(role.deleteBeforeReplace, true);
  });

  it("keeps diagnostic logs in a workspace that is protected three times", async () => {
    const { resources } = await make();
    const workspace = find(resources, "azure-native:operationalinsights:Workspace");
    assert.deepEqual([workspace.protect, workspace.retainOnDelete], [true, true]);
    assert.equal(workspace.inputs["retentionInDays"], 365);
    const lock = find(resources, "azure-native:authorization:ManagementLockByScope");
    assert.deepEqual([lock.inputs["scope"], lock.inputs["level"]], [`${workspace.name}-id`, "CanNotDelete"]);
    const { inputs } = find(resources, "azure-native:monitor:DiagnosticSetting");
    assert.deepEqual([inputs["resourceUri"], inputs["workspaceId"]], ["ai-eu-account-id", `${workspace.name}-id`]);
  });

  it("gives what the platform's contract asks for", async () => {
    const { resources, value } = await make();
    assert.deepEqual(value, {
      endpoint: "https://pathfinity-eu.openai.azure.com/",
      clientId: "client",
      tenantId: "tenant",
      deployments: ["chat", "embedding"],
    });
    assert.deepEqual(misplaced(resources), []);
  });
});
