import { z } from "zod";

/** The keys that an object at `path` inside a schema may have, sorted; empty where the schema has no object there. */
export function allowedKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const known = schemaAt(schema, path);
  return known instanceof z.ZodObject ? Object.keys(known.shape).sort() : [];
}

/** The keys that an object at `path` inside a schema must have, in the schema's order; empty where the schema has no object there. */
export function requiredKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const known = schemaAt(schema, path);
  return known instanceof z.ZodObject
    ? Object.entries<z.ZodType>(known.shape).flatMap(([key, field]) =>
        field.safeParse(undefined).success ? [] : [key],
      )
    : [];
}

/** What the text at `path` must look like, in the words of its pattern; `undefined` where the schema has no pattern. */
export function allowedFormat(schema: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  const checks: readonly z.core.$ZodCheck[] = schemaAt(schema, path)?.def.checks ?? [];
  const pattern = checks.find(({ _zod }) => _zod.def.check === "string_format");
  const message = pattern?._zod.def.error?.({} as never);
  return typeof message === "string" ? message : undefined;
}

function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  let current = unwrap(schema);
  for (const segment of path) {
    const next = child(current, segment);
    if (next === undefined) {
      return undefined;
    }
    current = unwrap(next);
  }
  return current;
}

/** The schema below defaults, optionals and pipes. */
export function unwrap(schema: z.ZodType): z.ZodType {
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly
  ) {
    return unwrap(schema.unwrap() as z.ZodType);
  }
  return schema instanceof z.ZodPipe ? unwrap(schema.in as z.ZodType) : schema;
}

function child(schema: z.ZodType, segment: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    // Own keys only: a value may name what every object inherits.
    const name = String(segment);
    return Object.hasOwn(schema.shape, name) ? (schema.shape[name] as z.ZodType) : undefined;
  }
  if (schema instanceof z.ZodRecord) {
    return schema.valueType as z.ZodType;
  }
  return schema instanceof z.ZodArray ? (schema.element as z.ZodType) : undefined;
}

/** A field of a value, and what the schema says of it. */
interface Field {
  path: PropertyKey[];
  /** As it was declared, with what wraps it. */
  schema: z.ZodType;
  value: unknown;
}

/** The fields that a value has and its schema knows, at every depth. Of alternatives it knows nothing. */
export function* fieldsOf(schema: z.ZodType, value: unknown, path: PropertyKey[] = []): Generator<Field> {
  if (value === null || typeof value !== "object") {
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const field = child(unwrap(schema), key);
    if (field !== undefined) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      yield { path: at, schema: field, value: inner };
      yield* fieldsOf(field, inner, at);
    }
  }
}
