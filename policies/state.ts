import { readFileSync } from "node:fs";
import { EngineError } from "../rollout/engine";
import { isMap, SECRET, SIGNATURE, type Value, type ValueMap } from "../pulumi/values";
import { parseReference, STACK_TYPE } from "../pulumi/urn";
import type { ResourceRecord } from "./graph";

/** A resource in Pulumi's deployment format, as far as rules see it. */
export interface StateResource extends Omit<ResourceRecord, "inputs" | "provider"> {
  inputs?: ValueMap;
  /** `<URN>::<id>`. */
  provider?: string;
  /** Replaced, and still to be deleted. */
  delete?: boolean;
}

/**
 * The resources of a stack as they are recorded: in a rehearsal, in what `pulumi stack export` writes, or in the file of a
 * backend. Those that only wait to be deleted are left out.
 */
export function recordsOf(resources: readonly StateResource[]): ResourceRecord[] {
  return resources
    .filter((resource) => resource.delete !== true)
    .map((resource) => ({
      ...resource,
      inputs: resource.inputs ?? {},
      ...(resource.provider === undefined ? {} : { provider: parseReference(resource.provider).urn }),
    }));
}

/**
 * Reads an exported state. Encrypted secrets stay closed: what depends on one is undetermined.
 *
 * @throws EngineError when the file cannot be read, or holds no state.
 */
export function readState(file: string): { stack: string; records: ResourceRecord[] } {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new EngineError(`cannot read the state ${file}: ${(error as Error).message}`, { cause: error });
  }
  const deployment = deploymentIn(content as Value);
  const resources = deployment?.resources;
  if (!Array.isArray(resources) || !resources.every(isResource)) {
    throw new EngineError(
      `${file} holds no state of a stack: a file that \`pulumi stack export\` or \`cutover export\` wrote is needed`,
    );
  }
  const provider = isMap(deployment?.secrets_providers) ? deployment.secrets_providers.type : undefined;
  const records = recordsOf(resources.map((resource) => revealed(resource) as unknown as StateResource)).map(
    (record) =>
      record.type === STACK_TYPE && typeof provider === "string" ? { ...record, secretsProvider: provider } : record,
  );
  return { stack: records[0]?.urn.split(":")[2] ?? file, records };
}

/** `pulumi stack export` writes the deployment, a backend a checkpoint around it. */
function deploymentIn(content: Value): ValueMap | undefined {
  if (!isMap(content)) {
    return undefined;
  }
  const deployment = content.deployment ?? (isMap(content.checkpoint) ? content.checkpoint.latest : undefined);
  return isMap(deployment) ? deployment : undefined;
}

function isResource(value: Value): boolean {
  return isMap(value) && typeof value.urn === "string" && typeof value.type === "string";
}

/** `--show-secrets` writes the text of a secret's JSON. */
function revealed(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(revealed);
  }
  if (!isMap(value)) {
    return value;
  }
  if (value[SIGNATURE] === SECRET && typeof value.plaintext === "string") {
    return { [SIGNATURE]: SECRET, value: JSON.parse(value.plaintext) as Value };
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revealed(item)]));
}
