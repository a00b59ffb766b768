import { z } from "zod";
import { deployment } from "../ai";
import { label } from "../fields";
import { azureLocation } from "./fields";

const account = z.strictObject({
  location: azureLocation.describe("Azure region, in the jurisdiction: prompts are processed and logged there."),
  subdomain: label(60).describe("First label of the endpoint, <subdomain>.openai.azure.com; unique in the world."),
  deployments: z
    .record(label(60), deployment)
    .refine((deployments) => Object.keys(deployments).length > 0, "at least one deployment")
    .describe("Deployments by the name that workloads call; the SKU is Standard, never Global or Data Zone."),
});

export const aiSchema = z
  .strictObject({
    primary: account.describe("The account that workloads call."),
    fallback: account.describe(
      "The account that they call when the other fails or is slow, in another region: it has capacity and failures of its own.",
    ),
  })
  .refine(({ primary, fallback }) => primary.location !== fallback.location, {
    path: ["fallback", "location"],
    message: "another region than ai.primary's: the two would fail together",
  })
  .refine(
    ({ primary, fallback }) =>
      Object.keys(primary.deployments).sort().join() === Object.keys(fallback.deployments).sort().join(),
    {
      path: ["fallback", "deployments"],
      message: "the names of ai.primary's: a workload that falls back changes the endpoint, and nothing else",
    },
  )
  .describe(
    "Azure OpenAI, twice, each with a private endpoint. There are no keys: workloads sign in with their identities.",
  );

export type AzureAiConfig = z.infer<typeof aiSchema>;
