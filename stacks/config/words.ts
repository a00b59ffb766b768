import type { z } from "zod";
import { allowedFormat, requiredKeys } from "./introspect";

/** What zod calls things, and what this project does. */
const KINDS: Readonly<Record<string, string>> = {
  object: "a map",
  record: "a map of values by name",
  array: "a list",
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  array: ["item", "items"],
  string: ["character", "characters"],
  record: ["name", "names"],
  map: ["name", "names"],
};

/**
 * What is allowed where a value is wrong. A schema's own words are taken as they are; those of the library are put in the
 * project's.
 *
 * @param schema - Of the section that the issue's path leads into.
 */
export function allowedBy(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  if (issue.code === "invalid_type") {
    const format = allowedFormat(schema, issue.path);
    if (format !== undefined) {
      return format;
    }
    if (issue.message.startsWith("Invalid input: expected ")) {
      return kindOf(issue.expected, requiredKeys(schema, issue.path));
    }
  }
  if (issue.code === "too_small" && issue.message.startsWith("Too small: ")) {
    return `${issue.inclusive === false ? "more than" : "at least"} ${amount(issue.minimum, issue.origin)}`;
  }
  if (issue.code === "too_big" && issue.message.startsWith("Too big: ")) {
    return `${issue.inclusive === false ? "less than" : "at most"} ${amount(issue.maximum, issue.origin)}`;
  }
  return issue.message.replace(/^Invalid (input|option): /, "").replace(/, received \w+$/, "");
}

function kindOf(expected: string, keys: readonly string[]): string {
  const kind = KINDS[expected] ?? `expected ${expected}`;
  const holds = keys.length === 0 ? ", which may be empty" : ` with ${keys.join(", ")}`;
  return expected === "object" ? `${kind}${holds} (docs/configuration.md)` : kind;
}

function amount(count: number | bigint, origin: string): string {
  const unit = UNITS[origin];
  return unit === undefined ? String(count) : `${count} ${unit[Number(count) === 1 ? 0 : 1]}`;
}
