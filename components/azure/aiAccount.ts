import * as cognitiveservices from "@pulumi/azure-native/cognitiveservices";
import * as pulumi from "@pulumi/pulumi";
import type { AiConfig } from "../../stacks/config/ai";
import type { Place } from "./place";

/** Prompts are processed in the account's own region. Global and Data Zone SKUs would take them elsewhere. */
const REGIONAL_SKU = "Standard";

type AccountConfig = AiConfig["jurisdictions"][string];

/** Who reaches the account: a private endpoint alone, or public addresses that are named. */
export type AiAccess = "private" | { addresses: pulumi.Input<pulumi.Input<string>[]> };

/** An Azure OpenAI account without keys, whose models fetch nothing from the outside. */
export function aiAccount(
  name: string,
  { resourceGroupName, location, tags }: Place,
  { subdomain }: Pick<AccountConfig, "subdomain">,
  access: AiAccess,
  opts: pulumi.CustomResourceOptions,
): cognitiveservices.Account {
  return new cognitiveservices.Account(
    name,
    {
      resourceGroupName,
      location,
      kind: "OpenAI",
      sku: { name: "S0" },
      properties: {
        // Tokens of an identity are only accepted at an endpoint of its own.
        customSubDomainName: subdomain,
        disableLocalAuth: true,
        publicNetworkAccess: access === "private" ? "Disabled" : "Enabled",
        networkAcls: {
          defaultAction: "Deny",
          bypass: "None",
          ipRules:
            access === "private"
              ? []
              : pulumi.output(access.addresses).apply((addresses) => addresses.map((value) => ({ value }))),
        },
        // The models fetch nothing from the outside on behalf of a prompt.
        restrictOutboundNetworkAccess: true,
        allowedFqdnList: [],
      },
      tags,
    },
    opts,
  );
}

/** The deployments of an account, one after the other: Azure refuses to change two at the same time. */
export function aiDeployments(
  name: string,
  account: { resourceGroupName: pulumi.Input<string>; accountName: pulumi.Input<string> },
  deployments: AccountConfig["deployments"],
  opts: pulumi.CustomResourceOptions,
): cognitiveservices.Deployment[] {
  const made: cognitiveservices.Deployment[] = [];
  for (const [deploymentName, { model, version, capacity }] of Object.entries(deployments)) {
    made.push(
      new cognitiveservices.Deployment(
        `${name}-${deploymentName}`,
        {
          ...account,
          deploymentName,
          sku: { name: REGIONAL_SKU, capacity },
          properties: {
            model: { format: "OpenAI", name: model, version },
            versionUpgradeOption: "NoAutoUpgrade",
            raiPolicyName: "Microsoft.DefaultV2",
          },
        },
        { ...opts, dependsOn: made.slice(-1) },
      ),
    );
  }
  return made;
}
