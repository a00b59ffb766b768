import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Layer } from "./config/layers";
import { refuse } from "./refuse";

/**
 * Reads a layer's outputs from the stack that deploys it, and holds them against the contract.
 *
 * @param reference - The stack's name in this project and organization, or organization/project/stack.
 * @throws pulumi.RunError when the stack has no such layer, or what it has does not keep the contract.
 */
export async function readLayer<T>(layer: Layer, reference: string, contract: z.ZodType<T>): Promise<T> {
  const name = reference.includes("/") ? reference : `${pulumi.getOrganization()}/${pulumi.getProject()}/${reference}`;
  const stack = new pulumi.StackReference(name);
  const details = await stack.getOutputDetails(layer);
  const value: unknown = details.value ?? details.secretValue;
  const short = name.split("/").at(-1);
  if (value === undefined) {
    refuse(
      `stack ${name} has no output "${layer}"; a stack that deploys the ${layer} layer is needed: pulumi up --stack ${short}`,
    );
  }
  const result = contract.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `  ${layer}.${issue.path.join(".")}: ${issue.message}`);
    refuse(
      `the outputs of stack ${name} do not keep the contract of the ${layer} layer; ` +
        `bring it up with this version of the program: pulumi up --stack ${short}\n${problems.join("\n")}`,
    );
  }
  return result.data;
}
