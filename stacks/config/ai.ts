import { z } from "zod";
import { azureLocation, guid } from "./azure/fields";
import { AZURE_LOCATIONS } from "./azureLocations";
import { COLORS, count, label } from "./fields";
import type { Issue } from "./issue";
import { jurisdictionName, type Jurisdictions, type Regions } from "./regions";
import { collect } from "./salvage";

/**
 * Federated credentials that one managed identity can have.
 *
 * @see https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
const CREDENTIAL_LIMIT = 20;

/** A deployment of a model, below the name that workloads call. */
export const deployment = z.strictObject({
  model: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*$/, "the name of a model, such as gpt-5.1")
    .describe("Model. Check that the location offers it with the SKU Standard, and when it retires."),
  version: z
    .string()
    .regex(/^[A-Za-z0-9.-]+$/, "a version, such as 2025-11-13")
    .describe("Version of the model. Pinned: Azure changes nothing by itself."),
  capacity: count(1).describe(
    "Quota, in thousands of tokens per minute; the subscription must have it in the location.",
  ),
});

export const aiSchema = z
  .strictObject({
    subscriptionId: guid.describe("The Azure subscription."),
    serviceAccounts: z
      .array(label())
      .min(1)
      .default(["finn", "pathiq"])
      .describe("Service accounts of each color that may use the models; each carries the name of its workload."),
    logRetentionDays: count(30)
      .pipe(z.number().max(730))
      .default(365)
      .describe("How long diagnostic logs are kept, 30 to 730 days, limits of a Log Analytics workspace."),
    jurisdictions: z
      .record(
        jurisdictionName,
        z.strictObject({
          location: azureLocation.describe(
            "Azure region, in a country of the jurisdiction: prompts are processed and logged there.",
          ),
          subdomain: label(60).describe(
            "First label of the endpoint, <subdomain>.openai.azure.com; unique in the world.",
          ),
          deployments: z
            .record(label(60), deployment)
            .refine((deployments) => Object.keys(deployments).length > 0, "at least one deployment")
            .describe("Deployments by the name that workloads call; the SKU is Standard, never Global or Data Zone."),
        }),
      )
      .describe("An Azure OpenAI account for each jurisdiction."),
  })
  .describe(
    "Azure OpenAI. There are no keys: service accounts of the clusters trade their tokens for Azure's. Clusters on AWS reach an account at its public endpoint, from their NAT addresses only; a private path would need a VPN between the clouds for each jurisdiction.",
  );

export type AiConfig = z.infer<typeof aiSchema>;

/** What the AI section must agree on with the jurisdictions and the regions. */
export function checkAi(config: { ai?: AiConfig; jurisdictions?: Jurisdictions; regions?: Regions }): Issue[] {
  const { ai, jurisdictions, regions } = config;
  if (ai === undefined) {
    return [];
  }
  return collect(
    () => (jurisdictions === undefined ? [] : checkPlaces(ai, jurisdictions)),
    () => (regions === undefined ? [] : checkCredentials(ai, regions)),
    () => checkOnce(ai),
  );
}

function checkPlaces(ai: AiConfig, jurisdictions: Jurisdictions): Issue[] {
  const known = Object.keys(jurisdictions);
  const missing = known
    .filter((name) => ai.jurisdictions[name] === undefined)
    .map((name) => ({ path: `ai.jurisdictions.${name}`, message: `is required: the Azure OpenAI account of ${name}` }));
  const placed = Object.entries(ai.jurisdictions).flatMap(([name, { location }]): Issue[] => {
    const jurisdiction = jurisdictions[name];
    if (jurisdiction === undefined) {
      return [
        { path: `ai.jurisdictions.${name}`, message: `unknown key; allowed: ${known.join(", ")}`, value: location },
      ];
    }
    const country = AZURE_LOCATIONS[location];
    if (jurisdiction.countries.includes(country)) {
      return [];
    }
    const inside = Object.entries(AZURE_LOCATIONS).filter(([, other]) => jurisdiction.countries.includes(other));
    return [
      {
        path: `ai.jurisdictions.${name}.location`,
        message: `${location} lies in ${country}, outside ${name}; one of ${inside.map(([place]) => place).join(", ")}`,
        value: location,
      },
    ];
  });
  return [...missing, ...placed];
}

function checkCredentials(ai: AiConfig, regions: Regions): Issue[] {
  return Object.keys(ai.jurisdictions).flatMap((name): Issue[] => {
    const clusters = Object.values(regions).filter(({ jurisdiction }) => jurisdiction === name).length;
    const credentials = clusters * COLORS.length * ai.serviceAccounts.length;
    return credentials <= CREDENTIAL_LIMIT
      ? []
      : [
          {
            path: "ai.serviceAccounts",
            message:
              `an Azure identity has ${CREDENTIAL_LIMIT} federated credentials at most; ${name} would need ${credentials}: ` +
              `${clusters} clusters x ${COLORS.length} colors x ${ai.serviceAccounts.length} service accounts`,
            value: ai.serviceAccounts,
          },
        ];
  });
}

function checkOnce(ai: AiConfig): Issue[] {
  const accounts = ai.serviceAccounts.flatMap((value, index): Issue[] =>
    ai.serviceAccounts.indexOf(value) === index
      ? []
      : [{ path: `ai.serviceAccounts[${index}]`, message: "each service account once", value }],
  );
  const subdomains = Object.values(ai.jurisdictions).map(({ subdomain }) => subdomain);
  const names = Object.entries(ai.jurisdictions).flatMap(([name, { subdomain }], index): Issue[] =>
    subdomains.indexOf(subdomain) === index
      ? []
      : [{ path: `ai.jurisdictions.${name}.subdomain`, message: "each subdomain once", value: subdomain }],
  );
  return [...accounts, ...names];
}
