/**
 * The state of a stack in Pulumi's deployment format, version 3: what `pulumi stack export` writes and `pulumi stack import`
 * takes. In memory secrets are in clear; {@link encodeDeployment} is the only way to a file, and encrypts them.
 *
 * @see sdk/go/common/apitype/core.go and deployments.json in pulumi/pulumi
 */
import { createHash } from "node:crypto";

import { version as sdkVersion } from "@pulumi/pulumi/package.json";

import type { Crypter, SecretsProvider } from "./secrets";
import { isMap, mapped, mappedValues, SECRET, SIGNATURE, type Value, type ValueMap } from "../../pulumi/values";

/** A resource as it is recorded. Field order is that of Pulumi's own files. */
export interface Resource {
  urn: string;
  custom: boolean;
  /** A replaced resource that is still to be deleted. */
  delete?: boolean;
  id?: string;
  type: string;
  inputs?: ValueMap;
  outputs?: ValueMap;
  parent?: string;
  protect?: boolean;
  /** A resource that was read: it belongs to somebody else. */
  external?: boolean;
  dependencies?: string[];
  provider?: string;
  propertyDependencies?: Record<string, string[]>;
  /** A resource that was deleted to be created anew, and is not there yet. */
  pendingReplacement?: boolean;
  additionalSecretOutputs?: string[];
  customTimeouts?: { create?: number; update?: number; delete?: number; read?: number };
  retainOnDelete?: boolean;
  deletedWith?: string;
  /** When it was made and last changed, as ISO dates. */
  created?: string;
  modified?: string;
  ignoreChanges?: string[];
  hideDiff?: string[];
  replaceOnChanges?: string[];
  replacementTrigger?: Value;
}

/** The state of a stack. */
export interface Deployment {
  manifest: { time: string; magic: string; version: string };
  secrets_providers?: SecretsProvider;
  resources?: Resource[];
  /** Free for notes; the engine keeps what it finds. */
  metadata?: Record<string, Value>;
}

/** A state file, or an export. */
export interface DeploymentFile {
  version: 3;
  deployment: Deployment;
}

/** A state that cannot be used. The message says what is wrong; who knows the file's name completes it. */
export class DamagedState extends Error {
  override readonly name = "DamagedState";
}

/** Which engine wrote a state, and when: the SDK's version stands for the engine's, as Pulumi checks the number's hash. */
export function manifest(now: Date): Deployment["manifest"] {
  const version = `v${sdkVersion}`;
  return { time: now.toISOString(), magic: createHash("sha256").update(version).digest("hex"), version };
}

/** Ciphertexts of secrets that were read: what does not change is not encrypted anew, so that files can be compared. */
const ciphertexts = new WeakMap<object, { crypter: Crypter; ciphertext: string }>();

/** A deployment as it goes to a file: secrets encrypted. */
export function encodeDeployment(deployment: Deployment, crypter: Crypter): DeploymentFile {
  const encode = (value: Value): Value => encodeValue(value, crypter);
  return {
    version: 3,
    deployment: {
      manifest: deployment.manifest,
      secrets_providers: crypter.provider(),
      resources: (deployment.resources ?? []).map((resource) => inOrder(changed(resource, encode))),
      metadata: deployment.metadata ?? {},
    },
  };
}

/** A deployment from a file. @throws DamagedState when it is not one. */
export function decodeDeployment(file: unknown, crypter: (provider?: SecretsProvider) => Crypter): Deployment {
  const { version, deployment } = (file ?? {}) as Partial<DeploymentFile>;
  if (version !== 3) {
    throw new DamagedState(`it has version ${JSON.stringify(version)}, and the rehearsal reads version 3`);
  }
  if (!isMap(deployment as Value | undefined) || typeof deployment?.manifest?.time !== "string") {
    throw new DamagedState("it holds no deployment");
  }
  const resources = deployment.resources ?? [];
  checkResources(resources);
  let opened: Crypter | undefined;
  const decode = (value: Value): Value => decodeValue(value, () => (opened ??= crypter(deployment.secrets_providers)));
  return { ...deployment, resources: resources.map((resource) => changed(resource, decode)) };
}

function changed(resource: Resource, change: (value: Value) => Value): Resource {
  const result = { ...resource };
  if (resource.inputs) {
    result.inputs = mappedValues(resource.inputs, change);
  }
  if (resource.outputs) {
    result.outputs = mappedValues(resource.outputs, change);
  }
  if (resource.replacementTrigger !== undefined) {
    result.replacementTrigger = change(resource.replacementTrigger);
  }
  return result;
}

/** Fields of a resource in the order of Pulumi's files. */
const FIELDS: readonly (keyof Resource)[] = [
  "urn",
  "custom",
  "delete",
  "id",
  "type",
  "inputs",
  "outputs",
  "parent",
  "protect",
  "external",
  "dependencies",
  "provider",
  "propertyDependencies",
  "pendingReplacement",
  "additionalSecretOutputs",
  "customTimeouts",
  "retainOnDelete",
  "deletedWith",
  "created",
  "modified",
  "ignoreChanges",
  "hideDiff",
  "replaceOnChanges",
  "replacementTrigger",
];

/** A resource as a file has it: without empty maps. */
function inOrder(resource: Resource): Resource {
  const result: Partial<Record<keyof Resource, unknown>> = {};
  for (const field of FIELDS) {
    const value = resource[field];
    const isEmpty = (field === "inputs" || field === "outputs") && Object.keys(value ?? {}).length === 0;
    if (value !== undefined && !isEmpty) {
      result[field] = value;
    }
  }
  return result as unknown as Resource;
}

function encodeValue(value: Value, crypter: Crypter): Value {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return mapped(value, (item) => encodeValue(item, crypter));
  }
  if (value[SIGNATURE] !== SECRET) {
    return mappedValues(value, (item) => encodeValue(item, crypter));
  }
  const known = ciphertexts.get(value);
  if (known?.crypter === crypter) {
    return { [SIGNATURE]: SECRET, ciphertext: known.ciphertext };
  }
  const ciphertext = crypter.encrypt(JSON.stringify(inClear(value.value ?? null)));
  ciphertexts.set(value, { crypter, ciphertext });
  return { [SIGNATURE]: SECRET, ciphertext };
}

/** Secrets inside a secret need no encryption of their own. */
function inClear(value: Value): Value {
  if (Array.isArray(value)) {
    return mapped(value, inClear);
  }
  if (!isMap(value)) {
    return value;
  }
  return value[SIGNATURE] === SECRET ? inClear(value.value ?? null) : mappedValues(value, inClear);
}

function decodeValue(value: Value, crypter: () => Crypter): Value {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return mapped(value, (item) => decodeValue(item, crypter));
  }
  if (value[SIGNATURE] !== SECRET) {
    return mappedValues(value, (item) => decodeValue(item, crypter));
  }
  if (typeof value.ciphertext !== "string") {
    throw new DamagedState("a secret in it has no ciphertext");
  }
  const opened = crypter();
  const result: ValueMap = { [SIGNATURE]: SECRET, value: JSON.parse(opened.decrypt(value.ciphertext)) as Value };
  ciphertexts.set(result, { crypter: opened, ciphertext: value.ciphertext });
  return result;
}

/** What Pulumi checks too: every resource comes after what it depends on. */
function checkResources(resources: unknown): asserts resources is Resource[] {
  if (!Array.isArray(resources)) {
    throw new DamagedState("its resources are no list");
  }
  const seen = new Set<string>();
  for (const resource of resources as Partial<Resource>[]) {
    const { urn, type, custom } = resource;
    if (typeof urn !== "string" || typeof type !== "string" || typeof custom !== "boolean") {
      throw new DamagedState(`resource ${seen.size + 1} in it has no URN, type or kind`);
    }
    for (const needed of [...(resource.dependencies ?? []), ...(resource.parent ? [resource.parent] : [])]) {
      if (!seen.has(needed)) {
        throw new DamagedState(`resource ${urn} needs ${needed}, which does not come before it`);
      }
    }
    seen.add(urn);
  }
}
