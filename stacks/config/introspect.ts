import { z } from "zod";

/** The keys that an object at `path` inside a schema may have, sorted; empty where the schema has no object there. */
export function allowedKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current = unwrap(schema);
  for (const segment of path) {
    const next = child(current, segment);
    if (next === undefined) {
      return [];
    }
    current = unwrap(next);
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape).sort() : [];
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
    return schema.shape[String(segment)] as z.ZodType | undefined;
  }
  if (schema instanceof z.ZodRecord) {
    return schema.valueType as z.ZodType;
  }
  return schema instanceof z.ZodArray ? (schema.element as z.ZodType) : undefined;
}
