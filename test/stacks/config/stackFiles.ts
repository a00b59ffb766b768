import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Issue } from "../../../stacks/config/issue";
import { parseConfig } from "../../../stacks/config/parse";

/** The stacks of production, in the order in which they read each other. */
export const STACKS = ["production-platform", "production-application", "production"] as const;
export type Stack = (typeof STACKS)[number];

export type Raw = Record<string, unknown>;

/** Keys into a config. */
export type Keys = readonly (string | number)[];

/** The `cutover:` values of a stack file of the repository, by key: a copy that may be changed. */
export function rawStack(stack: string): Raw {
  const text = readFileSync(join(__dirname, "../../..", `Pulumi.${stack}.yaml`), "utf8");
  const { config } = parse(text) as { config: Raw };
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(/^cutover:/, ""), value]));
}

/** A copy of a config with one value changed; `undefined` takes the key away. */
export function changedAt(raw: Raw, keys: Keys, value: unknown): Raw {
  const copy = structuredClone(raw);
  let holder: any = copy;
  for (const key of keys.slice(0, -1)) {
    holder = holder[key] ??= {};
  }
  const last = keys.at(-1)!;
  if (value === undefined && Array.isArray(holder)) {
    holder.splice(Number(last), 1);
  } else if (value === undefined) {
    delete holder[last];
  } else {
    holder[last] = value;
  }
  return copy;
}

/** What is wrong with a stack's config when values of it are changed, by dotted path. */
export function issuesOf(stack: string, changes: Record<string, unknown>): Issue[] {
  let raw = rawStack(stack);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    raw = changedAt(raw, keys, value);
  }
  const result = parseConfig(raw);
  return result.ok ? [] : result.issues;
}

/** The places of all values that hold no other values. */
export function leaves(value: unknown, keys: Keys = []): Keys[] {
  if (value === null || typeof value !== "object") {
    return [keys];
  }
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => leaves(inner, [...keys, key]));
}
