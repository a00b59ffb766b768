import type { z } from "zod";
import { checksOn } from "./checks";
import { cloudSchema, cloudsOf, type Cloud } from "./clouds";
import { allowedKeys, fieldsOf } from "./introspect";
import { joinPath, type Issue } from "./issue";
import { LAYERS, layersSchema, type Layer } from "./layers";
import { collect, salvaged } from "./salvage";
import { isSlip, NAMESPACE } from "./namespace";
import { cloudsWith, layerOf, sectionsOf, type StackConfig } from "./schema";
import { allowedBy } from "./words";

/** What {@link parseConfig} returns: the config, or everything that is wrong with it. */
export type ParseResult = { ok: true; config: StackConfig } | { ok: false; issues: Issue[] };

/**
 * Parses the config of a stack and collects everything that is wrong with it: each section by its schema, then what
 * sections must agree on, as far as their values are valid. Pure.
 *
 * @param raw - The values of the `cutover:` namespace, by key; by full key those of a namespace that is nearly this one.
 */
export function parseConfig(raw: Readonly<Record<string, unknown>>): ParseResult {
  const issues: Issue[] = [];
  const layers = layersToDeploy(raw);
  const cloud = cloudSchema.catch("aws").parse(raw["cloud"]);
  const parsed: Record<string, unknown> = {};

  for (const owner of ["common", ...LAYERS] as const) {
    if (owner !== "common" && !layers.includes(owner)) {
      continue;
    }
    for (const [key, schema] of Object.entries(sectionsOf(owner, cloud))) {
      const result = schema.safeParse(raw[key]);
      if (result.success) {
        parsed[key] = result.data;
      } else {
        issues.push(...result.error.issues.flatMap((issue) => toIssues(issue, key, schema, raw)));
        parsed[key] = salvaged(schema, raw[key]);
      }
      issues.push(...fieldsOfOthers(schema, raw[key], key, cloud));
    }
  }
  for (const key of Object.keys(raw)) {
    const message = unknownKey(key, layers, cloud);
    if (message !== undefined) {
      issues.push({ path: key, message, value: raw[key] });
    }
  }
  issues.push(...collect(() => missingReferences(layers, parsed)));
  issues.push(...collect(...checksOn(cloud).map((check) => () => check(parsed))));
  return issues.length > 0 ? { ok: false, issues } : { ok: true, config: assemble(layers, cloud, parsed) };
}

/** Where the list itself is wrong, the layers that the stack has keys of: an error in it is one error, not fifty. */
function layersToDeploy(raw: Readonly<Record<string, unknown>>): readonly Layer[] {
  const result = layersSchema.safeParse(raw["layers"]);
  return result.success
    ? result.data
    : LAYERS.filter((layer) => Object.keys(raw).some((key) => layerOf(key) === layer));
}

/** Why a stack cannot have a key; `undefined` for one that it can have. */
function unknownKey(key: string, layers: readonly Layer[], cloud: Cloud): string | undefined {
  if (isSlip(key)) {
    return `unknown key: nothing reads this namespace; allowed: ${NAMESPACE}${key.slice(key.indexOf(":"))}`;
  }
  const owner = layerOf(key);
  if (owner === undefined) {
    return `unknown key; allowed: ${knownKeys(layers, cloud).join(", ")}`;
  }
  const clouds = cloudsWith(owner, key);
  if (!clouds.includes(cloud)) {
    return `unknown key for this stack: it belongs to deployments on ${clouds.join(" and ")}, and this one is on ${cloud} (cutover:cloud)`;
  }
  return owner === "common" || layers.includes(owner)
    ? undefined
    : `unknown key for this stack: it belongs to the ${owner} layer, and the stack deploys ${layers.join(", ")}`;
}

/** Values of fields that only deployments on other clouds have. */
function fieldsOfOthers(schema: z.ZodType, raw: unknown, key: string, cloud: Cloud): Issue[] {
  return [...fieldsOf(schema, raw)].flatMap(({ path, schema: field, value }): Issue[] => {
    const only = cloudsOf(field);
    return only === undefined || only.clouds.includes(cloud)
      ? []
      : [
          {
            path: joinPath([key, ...path]),
            message: `only on ${only.clouds.join(" and ")}: ${only.why}; this stack is on ${cloud} (cutover:cloud)`,
            value,
            remove: true,
          },
        ];
  });
}

function knownKeys(layers: readonly Layer[], cloud: Cloud): string[] {
  return (["common", ...layers] as const).flatMap((owner) => Object.keys(sectionsOf(owner, cloud)));
}

/** A layer that is not deployed here, and that a deployed one builds on, must be read from somewhere. */
function missingReferences(layers: readonly Layer[], parsed: Record<string, unknown>): Issue[] {
  const stacks = (parsed["stacks"] ?? {}) as Partial<Record<Layer, string>>;
  const last = Math.max(...layers.map((layer) => LAYERS.indexOf(layer)));
  return LAYERS.flatMap((layer, index) => {
    if (layer === "traffic") {
      return [];
    }
    const path = `stacks.${layer}`;
    if (layers.includes(layer)) {
      return stacks[layer] === undefined
        ? []
        : [
            {
              path,
              message: `this stack deploys the ${layer} layer itself: remove the reference`,
              value: stacks[layer],
              remove: true,
            },
          ];
    }
    if (index < last) {
      return stacks[layer] === undefined
        ? [{ path, message: `the stack that deploys the ${layer} layer, because this one does not` }]
        : [];
    }
    return stacks[layer] === undefined
      ? []
      : [
          {
            path,
            message: `references go one way: ${layers.join(", ")} cannot read ${layer}`,
            value: stacks[layer],
            remove: true,
          },
        ];
  });
}

function assemble(layers: readonly Layer[], cloud: Cloud, parsed: Record<string, unknown>): StackConfig {
  const pick = (owner: Layer | "common") =>
    Object.fromEntries(Object.keys(sectionsOf(owner, cloud)).map((key) => [key, parsed[key]]));
  const config: Record<string, unknown> = pick("common");
  for (const layer of layers) {
    config[layer] = { ...pick(layer), active: parsed["active"] };
  }
  return config as unknown as StackConfig;
}

/** One zod issue as the issues that a person can act on: one for each unknown key, one for each failed alternative. */
function toIssues(
  issue: z.core.$ZodIssue,
  key: string,
  schema: z.ZodType,
  raw: Readonly<Record<string, unknown>>,
): Issue[] {
  const path = [key, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    const allowed = allowedKeys(schema, issue.path);
    return issue.keys.map((unknown) => ({
      path: joinPath([...path, unknown]),
      message: `unknown key; allowed: ${allowed.join(", ")}`,
      value: valueAt(raw, [...path, unknown]),
    }));
  }
  if (issue.code === "invalid_key") {
    return issue.issues.map((inner) => ({
      path: joinPath(path),
      message: `the name must be ${inner.message}`,
      value: path.at(-1),
      remove: true,
    }));
  }
  const value = valueAt(raw, path);
  const allowed = allowedBy(issue, schema);
  return [{ path: joinPath(path), message: value === undefined ? `is required: ${allowed}` : allowed, value }];
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const segment of path) {
    if (value === null || typeof value !== "object") {
      return undefined;
    }
    value = (value as Record<PropertyKey, unknown>)[segment];
  }
  return value;
}
