/** Makes, changes and deletes resources in the stand-in clouds, and works out what their outputs are. */
import { createHash } from "node:crypto";

import type { Cloud, Created, Properties, ResourceRequest } from "./cloud";
import { CloudError } from "./cloud";
import type { Resource } from "./deployment";
import { PlanError, StepError } from "./errors";
import type { Facts } from "./facts";
import type { PropertyPath } from "../../pulumi/propertyPath";
import { isProviderType, nameOf, packageOf, typeOf } from "../../pulumi/urn";
import { equal, isPlainMap, isSecret, secret, shownMap, type Value, type ValueMap } from "../../pulumi/values";
import type { StandInWorld } from "./world";

/** What a lifecycle works with. */
export interface Surroundings {
  stack: string;
  clouds: ReadonlyMap<string, Cloud>;
  facts: Facts;
  world: () => StandInWorld;
  /** Inputs of the provider resource that a resource belongs to. */
  providerInputs: (resource: Resource) => ValueMap;
}

/** The lifecycle of resources. */
export class Lifecycle {
  constructor(private readonly around: Surroundings) {}

  /** @throws PlanError when no cloud knows the type. */
  checkModelled(type: string, urn: string): void {
    const cloud = this.around.clouds.get(packageOf(type));
    if (!cloud?.models(type)) {
      const known = cloud ? "" : `; it has stand-ins for ${[...this.around.clouds.keys()].join(", ") || "no cloud"}`;
      throw new PlanError(`the rehearsal does not model ${type}, the type of ${urn}${known}`);
    }
  }

  /** Outputs of a resource that a preview would create: what is asked for; all else is not known yet. */
  previewCreate(resource: Resource): ValueMap {
    return isProviderType(resource.type)
      ? this.providerOutputs(resource)
      : this.withSecrets(resource, { ...resource.inputs });
  }

  /** Makes a resource. @param replaced identifier of the one whose place it takes. */
  create(resource: Resource, replaced?: string): { id: string; outputs: ValueMap } {
    const seed = replaced === undefined ? resource.urn : `${resource.urn}\n${replaced}`;
    if (isProviderType(resource.type)) {
      return { id: uuidFrom(seed), outputs: this.providerOutputs(resource) };
    }
    const { id, outputs } = this.call(resource, "create", (cloud) =>
      cloud.create({ ...this.request(resource), seed }, this.around.world()),
    );
    if (id === "") {
      throw new StepError(`the stand-in cloud gave ${resource.urn} no identifier`);
    }
    return { id, outputs: this.withSecrets(resource, { ...resource.inputs, ...outputs }) };
  }

  /** Outputs of a resource that a preview would update: as recorded, with the inputs that change. */
  previewUpdate(resource: Resource, old: Resource): ValueMap {
    return this.withSecrets(resource, carriedOver(old, resource.inputs ?? {}));
  }

  /** Changes a resource; returns its outputs. */
  update(resource: Resource, old: Resource): ValueMap {
    if (isProviderType(resource.type)) {
      return this.providerOutputs(resource);
    }
    const computed = this.call(resource, "update", (cloud) =>
      cloud.update(
        {
          ...this.request(resource),
          id: old.id ?? "",
          oldInputs: forCloud(old.inputs),
          oldOutputs: forCloud(old.outputs),
        },
        this.around.world(),
      ),
    );
    return this.withSecrets(resource, { ...carriedOver(old, resource.inputs ?? {}), ...computed });
  }

  /** Outputs of a resource that stays as it is: the program may have called more of them secret. */
  same(resource: Resource, old: Resource): ValueMap {
    return resource.custom ? this.withSecrets(resource, old.outputs ?? {}) : (old.outputs ?? {});
  }

  /** Deletes a resource from the world. */
  delete(resource: Resource): void {
    if (!resource.custom || isProviderType(resource.type)) {
      return;
    }
    this.call(resource, "delete", (cloud) =>
      cloud.delete(
        { ...this.request(resource), id: resource.id ?? "", outputs: forCloud(resource.outputs) },
        this.around.world(),
      ),
    );
  }

  /** Finds a resource that the program reads. @throws PlanError when there is none. */
  read(resource: Resource): ValueMap {
    const cloud = this.around.clouds.get(packageOf(resource.type));
    if (!cloud?.read || !cloud.models(resource.type)) {
      throw new PlanError(`the rehearsal does not model reading ${resource.type}, which ${resource.urn} does`);
    }
    const found = this.call<Created | undefined>(resource, "read", () =>
      cloud.read!({ ...this.request(resource), id: resource.id ?? "" }, this.around.world()),
    );
    if (!found) {
      throw new StepError(
        `${resource.urn}: there is no ${resource.type} with the identifier ${JSON.stringify(resource.id)}`,
      );
    }
    return this.withSecrets(resource, { ...resource.inputs, ...found.outputs });
  }

  /** A provider says what it was asked for, without what the engine notes for itself. */
  private providerOutputs(resource: Resource): ValueMap {
    const outputs = { ...resource.inputs };
    delete outputs.__internal;
    return this.withSecrets(resource, outputs);
  }

  private request(resource: Resource): ResourceRequest {
    return {
      stack: this.around.stack,
      urn: resource.urn,
      type: resource.type,
      name: nameOf(resource.urn),
      provider: forCloud(this.around.providerInputs(resource)),
      inputs: forCloud(resource.inputs),
    };
  }

  private call<T>(resource: Resource, verb: string, ask: (cloud: Cloud) => T): T {
    const type = typeOf(resource.urn);
    const cloud = this.around.clouds.get(packageOf(type));
    if (!cloud?.models(type)) {
      throw new PlanError(`the rehearsal does not model ${type}, the type of ${resource.urn}`);
    }
    try {
      return ask(cloud);
    } catch (error) {
      if (error instanceof CloudError) {
        throw new StepError(`cannot ${verb} ${resource.urn}: ${error.message}`, { cause: error });
      }
      throw error;
    }
  }

  private withSecrets(resource: Resource, outputs: ValueMap): ValueMap {
    let result = outputs;
    for (const key in resource.inputs) {
      if (isSecret(resource.inputs[key]) && outputs[key] !== undefined) {
        result = secretAt(result, [key]) as ValueMap;
      }
    }
    for (const key of resource.additionalSecretOutputs ?? []) {
      if (key !== "id") {
        result = secretAt(result, [key]) as ValueMap;
      }
    }
    for (const path of this.around.facts.of(resource.type).secrets) {
      result = secretAt(result, path) as ValueMap;
    }
    return result;
  }
}

/** What a cloud may see: no secret. */
function forCloud(values: ValueMap | undefined): Properties {
  return shownMap(values ?? {});
}

/** Recorded outputs, with the inputs that change laid over them and those that are gone taken out. */
function carriedOver(old: Resource, inputs: ValueMap): ValueMap {
  const outputs = { ...old.outputs };
  const before = old.inputs ?? {};
  for (const key in before) {
    if (inputs[key] === undefined) {
      delete outputs[key];
    }
  }
  for (const key in inputs) {
    if (!equal(before[key], inputs[key])) {
      outputs[key] = inputs[key]!;
    }
  }
  return outputs;
}

/** A copy in which what a path names is secret; the value itself where there is nothing to do. */
function secretAt(value: Value, [step, ...rest]: PropertyPath): Value {
  const inside = (item: Value): Value =>
    rest.length === 0 ? (item === null ? item : secret(item)) : secretAt(item, rest);
  if (Array.isArray(value)) {
    return step === "*" ? value.map(inside) : value;
  }
  if (!isPlainMap(value) || step === undefined) {
    return value;
  }
  let result = value;
  for (const key of step === "*" ? Object.keys(value) : [String(step)]) {
    const before = value[key];
    const after = before === undefined ? before : inside(before);
    if (after !== before) {
      result = { ...result, [key]: after! };
    }
  }
  return result;
}

/** A UUID (version 4) that is always the same for the same text. */
export function uuidFrom(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const variant = "89ab"[parseInt(hex[16]!, 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
