import { CloudError } from "../engine/cloud";
import { worldKey, type Context } from "./context";
import type { Model, NameRule } from "./model";

/** Type of the world's things that hold a name, for types whose identifier does not. */
export function nameRegister(type: string): string {
  return `${type}#name`;
}

/**
 * The physical name of a resource: what the program asked for, or its logical name with a suffix, as Pulumi does.
 *
 * @param suffix What is added to an invented name.
 * @throws CloudError for a name that the cloud would refuse.
 */
export function physicalName(context: Context, rule: NameRule, suffix: string): string {
  const property = rule.property ?? "name";
  const { name: logical, type } = context.request;
  const asked = context.inputs[property];
  const invented = context.fill(rule.invented ?? `{logical}${suffix}`, property);
  const name = typeof asked === "string" ? asked : rule.lower === true ? invented.toLowerCase() : invented;
  if (name.length > rule.max) {
    throw new CloudError(
      typeof asked === "string"
        ? `ValidationError: "${property}" of ${type} cannot be longer than ${rule.max} characters, got ${name.length}: ${name}`
        : `name '${logical}' plus ${name.length - logical.length} random characters is longer than maximum length ${rule.max} of ${type}; ` +
            `give the resource a shorter logical name, or set "${property}"`,
    );
  }
  if (rule.pattern !== undefined && !rule.pattern.test(name)) {
    throw new CloudError(`ValidationError: "${property}" of ${type} must match ${rule.pattern.source}, got ${name}`);
  }
  return name;
}

/**
 * Takes the name of a new resource.
 *
 * @param key What the resource will be called in the world.
 * @throws CloudError when the name is taken.
 */
export function takeName(context: Context, model: Model, key: string): void {
  if (model.name?.taken === undefined) {
    return;
  }
  const register = registerKey(context, model);
  const { type, stack, urn } = context.request;
  const holder =
    register === undefined ? context.world.get(type, key) : context.world.get(nameRegister(type), register);
  if (holder !== undefined) {
    throw new CloudError(`${context.fill(model.name.taken, "taken")} (held by ${holder.urn ?? holder.id})`);
  }
  if (register !== undefined) {
    context.world.put({ type: nameRegister(type), id: register, stack, urn, properties: { id: context.id ?? null } });
  }
}

/** Gives the name of a resource that goes free again. */
export function freeName(context: Context, model: Model): void {
  const register = model.name?.taken === undefined ? undefined : registerKey(context, model);
  if (register !== undefined) {
    context.world.remove(nameRegister(context.request.type), register);
  }
}

/** Where a name is registered; undefined when the identifier itself holds the name, whole. */
function registerKey(context: Context, model: Model): string | undefined {
  const identifies = typeof model.id === "string" && /(^|[/:]){name}$/.test(model.id);
  return identifies ? undefined : worldKey(context.name ?? "", model.scope ?? "region", context.provider);
}
