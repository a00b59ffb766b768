import type { Json } from "../../rollout/engine";
import {
  CloudError,
  type Cloud,
  type Created,
  type CreateRequest,
  type DeleteRequest,
  type InvokeRequest,
  type Properties,
  type ResourceRequest,
  type UpdateRequest,
  type World,
} from "../engine/cloud";
import { Context, worldKey, type ProviderFacts } from "./context";
import type { Model, Models } from "./model";
import { freeName, physicalName, takeName } from "./names";

/** What makes one cloud's table different from another's. */
export interface TableCloudOptions {
  /** The package of the types. */
  package: string;
  models: Models;
  /** What templates may take from the provider's inputs. */
  provider: (inputs: Properties) => ProviderFacts;
  /** What is added to a logical name where the program gives no physical one: a template. */
  nameSuffix: string;
  /** Tags that the provider gives to everything that has tags. @default - none */
  defaultTags?: (inputs: Properties) => Record<string, Json>;
  /** Functions that the program may invoke, by token. @default - none */
  functions?: Readonly<Record<string, (request: InvokeRequest, world: World) => Record<string, Json>>>;
}

/** A stand-in cloud that is a table: one model for each resource type. */
export class TableCloud implements Cloud {
  readonly package: string;

  constructor(private readonly options: TableCloudOptions) {
    this.package = options.package;
  }

  /** The types that it models. */
  get types(): string[] {
    return Object.keys(this.options.models);
  }

  models(type: string): boolean {
    return Object.hasOwn(this.options.models, type);
  }

  create(request: CreateRequest, world: World): Created {
    const model = this.model(request.type);
    const context = new Context(request, this.options.provider(request.provider), world, request.seed);
    const { outputs, inputs } = context;
    if (model.name !== undefined) {
      const property = model.name.property ?? "name";
      context.name = physicalName(context, model.name, this.options.nameSuffix);
      if (inputs[property] === undefined) {
        outputs[property] = context.name;
      }
    }
    model.checks?.forEach((check) => check(context));
    context.id = typeof model.id === "string" ? context.fill(model.id, "id") : model.id(context);
    const key = worldKey(context.id, model.scope ?? "region", context.provider);
    for (const [property, value] of Object.entries(model.outputs ?? {})) {
      const given = inputs[property] ?? context.value(value, property);
      if (inputs[property] === undefined && given !== undefined) {
        outputs[property] = given;
      }
    }
    Object.assign(outputs, this.derive(context, model));
    takeName(context, model, key);
    const properties: Record<string, Json> = { ...inputs, ...outputs, id: context.id };
    for (const property of model.secret ?? []) {
      delete properties[property];
    }
    world.put({ type: request.type, id: key, stack: request.stack, urn: request.urn, properties });
    return { id: context.id, outputs };
  }

  update(request: UpdateRequest, world: World): Record<string, Json> {
    const model = this.model(request.type);
    const context = this.recorded(request, world, model, request.oldOutputs, request.oldInputs);
    model.checks?.forEach((check) => check(context));
    const derived = this.derive(context, model);
    world.put({
      type: request.type,
      id: worldKey(request.id, model.scope ?? "region", context.provider),
      stack: request.stack,
      urn: request.urn,
      properties: { ...request.oldOutputs, ...request.inputs, ...derived, id: request.id },
    });
    return derived;
  }

  delete(request: DeleteRequest, world: World): void {
    const model = this.model(request.type);
    const context = this.recorded(request, world, model, request.outputs);
    const key = worldKey(request.id, model.scope ?? "region", context.provider);
    if (world.get(request.type, key) === undefined) {
      return;
    }
    model.deletionChecks?.forEach((check) => check(context));
    freeName(context, model);
    world.remove(request.type, key);
  }

  invoke(request: InvokeRequest, world: World): Record<string, Json> | undefined {
    return this.options.functions?.[request.token]?.(request, world);
  }

  /** The context of a request about a resource that exists. */
  private recorded(
    request: ResourceRequest & { id: string },
    world: World,
    model: Model,
    outputs: Properties,
    oldInputs?: Properties,
  ): Context {
    const provider = this.options.provider(request.provider);
    const context = new Context(request, provider, world, request.urn, { id: request.id, outputs, oldInputs });
    if (model.name !== undefined) {
      context.name = context.text(model.name.property ?? "name");
    }
    return context;
  }

  /** What the cloud works out from the inputs, each value with the ones before it. */
  private derive(context: Context, model: Model): Record<string, Json> {
    const derived: Record<string, Json> = {};
    for (const [property, value] of Object.entries(model.derived ?? {})) {
      const worked = context.value(value, property);
      if (worked !== undefined) {
        derived[property] = worked;
        context.outputs[property] = worked;
      }
    }
    if (model.tagged === true) {
      const tags = context.inputs.tags as Record<string, Json> | undefined;
      derived.tagsAll = { ...this.options.defaultTags?.(context.request.provider), ...tags };
    }
    return derived;
  }

  private model(type: string): Model {
    const model = this.options.models[type];
    if (model === undefined) {
      throw new CloudError(`${type} is not modeled: add it to rehearsal/clouds/${this.package}`);
    }
    return model;
  }
}
