import type { Resource } from "../../policies/graph";
import { orUndefined, type CostContext } from "../context";
import type { Meters, Use } from "../meter";
import { MONTH_DAYS } from "../priceTable";

const DEPLOYMENT = "azure-native:cognitiveservices:Deployment";

/** Models and their logs. */
export const ai: Meters = {
  [DEPLOYMENT]: deployment,
  "azure-native:operationalinsights:Workspace": (_workspace, { inputs }) => [
    { part: "ai", price: "azure.logs", quantity: inputs.logs.azureGiB * MONTH_DAYS },
  ],
};

const isEmbedding = (resource: Resource) => resource.text("properties.model.name")?.includes("embedding") === true;

/** Thousands of tokens per minute. */
const capacityOf = (resource: Resource) => resource.number("sku.capacity") ?? 1;

/** Deployments of a kind share the students in proportion to their capacity, as their jurisdictions do. */
function studentsOf(resource: Resource, context: CostContext): number {
  const embeds = isEmbedding(resource);
  const alike = context.graph.ofType(DEPLOYMENT).filter((other) => isEmbedding(other) === embeds);
  return (context.inputs.students * capacityOf(resource)) / alike.reduce((sum, other) => sum + capacityOf(other), 0);
}

function deployment(resource: Resource, context: CostContext): Use[] {
  const embeds = isEmbedding(resource);
  const millions = (tokens: number) => (studentsOf(resource, context) * tokens * MONTH_DAYS) / 1e6;
  const price = `openai.${resource.text("properties.model.name") ?? "unknown"}`;
  const { inputTokens, outputTokens, embeddingTokens } = context.inputs.ai;
  return embeds
    ? [{ part: "ai", price: `${price}.input`, quantity: millions(embeddingTokens) }]
    : [
        { part: "ai", price: `${price}.input`, quantity: millions(inputTokens) },
        { part: "ai", price: `${price}.output`, quantity: millions(outputTokens) },
      ];
}

/** Deployments that get more tokens in a minute of active hours than their capacity is, in words. */
export function tokenShortages(context: CostContext): string[] {
  const { inputTokens, outputTokens, embeddingTokens } = context.inputs.ai;
  const minutes = context.inputs.load.activeHours * 60;
  return context.graph.ofType(DEPLOYMENT).flatMap(
    (resource) =>
      orUndefined(() => {
        const tokens = isEmbedding(resource) ? embeddingTokens : inputTokens + outputTokens;
        const thousands = Math.round((studentsOf(resource, context) * tokens) / minutes / 1_000);
        return thousands <= capacityOf(resource)
          ? []
          : `${resource.text("properties.model.name")} in ${context.region(resource)} gets ${thousands} thousand tokens a minute, and its capacity is ${capacityOf(resource)}`;
      }) ?? [],
  );
}
