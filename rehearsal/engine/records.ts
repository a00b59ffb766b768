/** Records of resources: made from what the program asks for, compared, and renamed. */
import { withHashes } from "./assets";
import type { Resource } from "./deployment";
import type { Change } from "../../pulumi/diff";
import type { Goal } from "./goal";
import { formatPath } from "../../pulumi/propertyPath";
import { providerInputs } from "./providers";
import { equal, hasUnknowns, unwrap, type Value, type ValueMap } from "../../pulumi/values";

/**
 * The record of a resource before anything was done: what the program asks for, and its options.
 * @param directory what the paths of assets are relative to.
 */
export function draft(goal: Goal, urn: string, old: Resource | undefined, directory: string): Resource {
  return {
    urn,
    custom: goal.custom,
    type: goal.type,
    inputs: withHashes(providerInputs(goal), directory) as ValueMap,
    ...optional("parent", goal.parent),
    ...(goal.protect ? { protect: true } : {}),
    ...list("dependencies", goal.dependencies),
    ...(goal.custom && goal.provider ? { provider: goal.provider } : {}),
    ...(Object.keys(goal.propertyDependencies).length > 0 ? { propertyDependencies: goal.propertyDependencies } : {}),
    ...list("additionalSecretOutputs", goal.additionalSecretOutputs),
    ...optional("customTimeouts", goal.customTimeouts),
    ...(goal.retainOnDelete ? { retainOnDelete: true } : {}),
    ...optional("deletedWith", goal.deletedWith),
    ...optional("created", old?.created),
    ...optional("modified", old?.modified),
    ...list("ignoreChanges", goal.ignoreChanges),
    ...list("hideDiff", goal.hideDiff),
    ...list("replaceOnChanges", goal.replaceOnChanges),
    ...optional("replacementTrigger", goal.replacementTrigger),
  };
}

/** A copy without the marks of secrets: for comparisons, never to be shown. */
export function withoutSecrets(value: Value): Value {
  return JSON.parse(JSON.stringify(value, (_, item: Value) => unwrap(item))) as Value;
}

/** Previews mark objects that stand for resources; nobody should see that. */
export function withoutMarkers(outputs: ValueMap): ValueMap {
  const marker = "@isPulumiResource";
  return JSON.stringify(outputs).includes(marker)
    ? (JSON.parse(JSON.stringify(outputs, (key, item: Value) => (key === marker ? undefined : item))) as ValueMap)
    : outputs;
}

/** A replacement trigger works when there was one and it changed, or is not known. */
export function triggers(fresh: Value | undefined, old: Value | undefined): boolean {
  const [after, before] = [withoutSecrets(fresh ?? null), withoutSecrets(old ?? null)];
  if (hasUnknowns(after) || hasUnknowns(before)) {
    return true;
  }
  return after !== null && before !== null && !equal(after, before);
}

/** The inputs that are to blame for a replacement that another replacement brought about. */
export function blamed(keys: readonly string[], old: Resource, fresh: Resource): Map<string, Change> {
  const [before, after] = [old.inputs ?? {}, fresh.inputs ?? {}];
  return new Map(
    keys.map((key) => [
      formatPath([key]),
      { path: [key], kind: "update-replace", before: before[key], after: after[key] },
    ]),
  );
}

/** A record whose references follow resources that have other names now. */
export function withNewNames(resource: Resource, renamed: (urn: string) => string): Resource {
  return {
    ...resource,
    ...optional("parent", resource.parent && renamed(resource.parent)),
    ...optional("deletedWith", resource.deletedWith && renamed(resource.deletedWith)),
    ...(resource.dependencies ? { dependencies: resource.dependencies.map(renamed) } : {}),
  };
}

/** The field, if it has a value. */
export function optional<K extends keyof Resource>(key: K, value: Resource[K]): Partial<Resource> {
  return value === undefined ? {} : { [key]: value };
}

function list<K extends keyof Resource>(key: K, values: string[]): Partial<Resource> {
  return values.length === 0 ? {} : { [key]: values };
}
