import type { z } from "zod";
import { checks } from "./checks";
import { allowedFormat, allowedKeys } from "./introspect";
import { joinPath, type Issue } from "./issue";
import { LAYERS, layersSchema, type Layer } from "./layers";
import { collect, salvaged } from "./salvage";
import { SECTIONS, layerOf, type StackConfig } from "./schema";

/** What {@link parseConfig} returns: the config, or everything that is wrong with it. */
export type ParseResult = { ok: true; config: StackConfig } | { ok: false; issues: Issue[] };

/**
 * Parses the config of a stack and collects everything that is wrong with it: each section by its schema, then what
 * sections must agree on, as far as their values are valid. Pure.
 *
 * @param raw - The values of the `cutover:` namespace, by key.
 */
export function parseConfig(raw: Readonly<Record<string, unknown>>): ParseResult {
  const issues: Issue[] = [];
  const layers = layersToDeploy(raw);
  const parsed: Record<string, unknown> = {};

  for (const owner of ["common", ...LAYERS] as const) {
    if (owner !== "common" && !layers.includes(owner)) {
      continue;
    }
    for (const [key, schema] of Object.entries(SECTIONS[owner] as Record<string, z.ZodType>)) {
      const result = schema.safeParse(raw[key]);
      if (result.success) {
        parsed[key] = result.data;
      } else {
        issues.push(...result.error.issues.flatMap((issue) => toIssues(issue, key, schema, raw)));
        parsed[key] = salvaged(schema, raw[key]);
      }
    }
  }
  for (const key of Object.keys(raw)) {
    const owner = layerOf(key);
    if (owner === undefined) {
      issues.push({ path: key, message: `unknown key; allowed: ${knownKeys(layers).join(", ")}`, value: raw[key] });
    } else if (owner !== "common" && !layers.includes(owner)) {
      issues.push({
        path: key,
        message: `unknown key for this stack: it belongs to the ${owner} layer, and the stack deploys ${layers.join(", ")}`,
        value: raw[key],
      });
    }
  }
  issues.push(...collect(() => missingReferences(layers, parsed)));
  issues.push(...collect(...checks.map((check) => () => check(parsed))));
  return issues.length > 0 ? { ok: false, issues } : { ok: true, config: assemble(layers, parsed) };
}

/** Where the list itself is wrong, the layers that the stack has keys of: an error in it is one error, not fifty. */
function layersToDeploy(raw: Readonly<Record<string, unknown>>): readonly Layer[] {
  const result = layersSchema.safeParse(raw["layers"]);
  return result.success
    ? result.data
    : LAYERS.filter((layer) => Object.keys(SECTIONS[layer]).some((key) => Object.hasOwn(raw, key)));
}

function knownKeys(layers: readonly Layer[]): string[] {
  return [...Object.keys(SECTIONS.common), ...layers.flatMap((layer) => Object.keys(SECTIONS[layer]))];
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

function assemble(layers: readonly Layer[], parsed: Record<string, unknown>): StackConfig {
  const pick = (owner: keyof typeof SECTIONS) =>
    Object.fromEntries(Object.keys(SECTIONS[owner]).map((key) => [key, parsed[key]]));
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
  const format = issue.code === "invalid_type" ? allowedFormat(schema, issue.path) : undefined;
  const allowed = format ?? issue.message.replace(/^Invalid (input|option): /, "").replace(/, received \w+$/, "");
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
