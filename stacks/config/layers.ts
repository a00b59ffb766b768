import { z } from "zod";

/** The layers, in the order in which they are deployed and may reference each other. */
export const LAYERS = ["platform", "application", "traffic"] as const;
export type Layer = (typeof LAYERS)[number];

export const layersSchema = z
  .array(z.enum(LAYERS))
  .min(1)
  .refine((layers) => new Set(layers).size === layers.length, "each layer once")
  .default([...LAYERS])
  .describe("The layers that this stack deploys. The others are read from the stacks that `stacks` names.");

const reference = z.string().regex(/^[\w.-]+(\/[\w.-]+\/[\w.-]+)?$/, "a stack's name, or organization/project/stack");

export const stacksSchema = z
  .strictObject({
    platform: reference.optional().describe("The stack that deploys the platform layer."),
    application: reference.optional().describe("The stack that deploys the application layer."),
  })
  .prefault({})
  .describe(
    "Where the layers that this stack does not deploy are read from. References go one way: traffic, application, platform.",
  );
