import assert from "node:assert/strict";
import { PrivateAi } from "../../../components/azure/privateAi";
import { azureConfig } from "../../support/azureConfig";
import { alerts, answers, place, watch } from "../../support/azurePlace";
import { all, find, misplaced, record } from "../../support/recorder";

const config = azureConfig();

const make = () =>
  record(
    () =>
      new PrivateAi("ai", {
        ...place,
        ...watch,
        location: "westus3",
        config: config.ai.fallback,
        thresholds: config.observability.thresholds,
        logRetentionDays: 365,
        network: { location: "eastus2", subnetId: "endpoints", zoneId: "zone" },
      }).endpoint,
    answers,
  );

describe("an Azure OpenAI account inside the network", () => {
  it("answers the network alone, accepts no key, and fetches nothing from the outside", async () => {
    const { resources, value } = await make();
    const { properties, location } = find(resources, "azure-native:cognitiveservices:Account").inputs as any;
    assert.equal(properties.publicNetworkAccess, "Disabled");
    assert.deepEqual(properties.networkAcls, { defaultAction: "Deny", bypass: "None", ipRules: [] });
    assert.deepEqual([properties.disableLocalAuth, properties.restrictOutboundNetworkAccess], [true, true]);
    assert.equal(location, "westus3");
    assert.equal(value, "https://school.openai.azure.com/");
  });

  it("has its private address in the network's region, after its deployments", async () => {
    const { resources } = await make();
    const endpoint = find(resources, "azure-native:network:PrivateEndpoint");
    assert.equal(endpoint.inputs["location"], "eastus2");
    const deployments = all(resources, "azure-native:cognitiveservices:Deployment");
    assert.deepEqual(
      deployments.map(({ inputs }) => [inputs["deploymentName"], inputs["sku"].name]),
      [["chat", "Standard"]],
    );
    // Children of a component wait for what the component waits for.
    const link = find(resources, "cutover:azure:PrivateLink");
    assert.ok(deployments.every(({ urn }) => link.dependencies.includes(urn)));
  });

  it("wakes people when it fails or refuses, and tells them above 5 seconds", async () => {
    const { resources } = await make();
    assert.deepEqual(alerts(resources), {
      "ai-failures": {
        metric: "AzureOpenAIRequests",
        fires: "GreaterThan 50 over PT5M",
        to: "critical-people",
      },
      "ai-slow": { metric: "AzureOpenAITTLTInMS", fires: "GreaterThan 5000 over PT5M", to: "warning-people" },
    });
    assert.deepEqual(misplaced(resources), []);
  });
});
