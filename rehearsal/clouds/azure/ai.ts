import type { Models } from "../model";
import { arm, GROUP, systemData, withProperties } from "./arm";

/** Azure OpenAI. */
export const ai: Models = {
  "azure-native:cognitiveservices:Account": arm({
    type: "Microsoft.CognitiveServices/accounts",
    api: "2025-06-01",
    parent: `${GROUP}/providers/Microsoft.CognitiveServices/accounts`,
    name: { property: "accountName", max: 64, pattern: /^[a-zA-Z0-9][\w.-]+$/ },
    outputs: { etag: '"{uuid}"', systemData },
    derived: withProperties((context) => ({
      endpoint: `https://${context.text("properties.customSubDomainName") || context.name}.openai.azure.com/`,
      provisioningState: "Succeeded",
      dateCreated: context.fill("{now}", "dateCreated"),
    })),
  }),
  "azure-native:cognitiveservices:Deployment": arm({
    type: "Microsoft.CognitiveServices/accounts/deployments",
    api: "2025-06-01",
    parent: `${GROUP}/providers/Microsoft.CognitiveServices/accounts/{accountName}/deployments`,
    name: { property: "deploymentName", max: 64, pattern: /^[a-zA-Z0-9][\w.-]+$/ },
    outputs: { etag: '"{uuid}"', systemData },
    derived: withProperties(() => ({ provisioningState: "Succeeded" })),
  }),
};
