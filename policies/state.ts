import { readFileSync } from "node:fs";
import { ConfigError } from "../rollout/engine";
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

/** Values of a real resource are nested some ten levels deep; what is far beyond would exhaust the stack. */
const MAX_DEPTH = 500;

/**
 * Reads an exported state. Encrypted secrets stay closed: what depends on one is undetermined. An empty stack's has no
 * resources.
 *
 * @throws ConfigError when the file cannot be read, or holds no state.
 */
export function readState(file: string): { stack: string; records: ResourceRecord[] } {
  const deployment = deploymentIn(contentOf(file));
  // Pulumi leaves the list out when it is empty.
  const resources = deployment === undefined ? undefined : (deployment.resources ?? []);
  if (!Array.isArray(resources) || !resources.every(isResource)) {
    throw new ConfigError(
      `${file} holds no state of a stack: a file that \`pulumi stack export\` or \`cutover export\` wrote is needed`,
    );
  }
  const provider = isMap(deployment?.secrets_providers) ? deployment.secrets_providers.type : undefined;
  const opened = resources.map((resource) => revealed(resource, file) as unknown as StateResource);
  const records = recordsOf(opened).map((record) =>
    record.type === STACK_TYPE && typeof provider === "string" ? { ...record, secretsProvider: provider } : record,
  );
  return { stack: records[0]?.urn.split(":")[2] ?? file, records };
}

/** What is no JSON is not shown: it may hold a secret. */
function contentOf(file: string): Value {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigError(`cannot read the state ${file}: ${(error as Error).message}`, { cause: error });
  }
  const content = parsed(text);
  if (content === undefined) {
    throw new ConfigError(
      `cannot read the state ${file}: it is ${text.trim() === "" ? "empty" : "no JSON"}; \`pulumi stack export --file ${file}\` writes one`,
    );
  }
  return content;
}

/** A text's JSON; undefined when it is none. */
function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
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
  return (
    isMap(value) &&
    isText(value.urn) &&
    isText(value.type) &&
    [value.provider, value.parent].every((item) => item === undefined || isText(item)) &&
    [value.inputs, value.outputs].every((item) => item === undefined || isMap(item)) &&
    areTexts(value.dependencies) &&
    (value.propertyDependencies === undefined ||
      (isMap(value.propertyDependencies) && Object.values(value.propertyDependencies).every(areTexts)))
  );
}

/** Pulumi writes no list, or null, for none. */
function areTexts(value: Value | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.every(isText));
}

function isText(value: Value | undefined): value is string {
  return typeof value === "string";
}

/** `--show-secrets` writes the text of a secret's JSON. A text that is none stays closed. */
function revealed(value: Value, file: string, depth = 0): Value {
  if (depth > MAX_DEPTH) {
    throw new ConfigError(`${file} holds values that are nested more than ${MAX_DEPTH} levels deep: no state is`);
  }
  if (Array.isArray(value)) {
    return value.map((item) => revealed(item, file, depth + 1));
  }
  if (!isMap(value)) {
    return value;
  }
  if (value[SIGNATURE] === SECRET && typeof value.plaintext === "string") {
    const inner = parsed(value.plaintext);
    return { [SIGNATURE]: SECRET, ...(inner === undefined ? {} : { value: revealed(inner, file, depth + 1) }) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revealed(item, file, depth + 1)]));
}
