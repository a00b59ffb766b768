import { z } from "zod";
import { unwrap } from "./introspect";
import type { Issue } from "./issue";

/** Thrown when a check reads a value that is wrong: the value is reported by itself, and the check can say nothing. */
class WrongValue extends Error {}

/**
 * What is left of a section that has errors: its valid values, with their defaults. Reading a wrong one throws, so that
 * {@link collect} leaves out what cannot be said, and all other errors are still reported at once.
 */
export function salvage(schema: z.ZodType, raw: unknown): unknown {
  const result = schema.safeParse(raw);
  if (result.success) {
    return result.data;
  }
  const known = unwrap(schema);
  if (known instanceof z.ZodArray && Array.isArray(raw)) {
    return (raw as unknown[]).reduce(
      (list: unknown[], item, index) => put(list, index, known.element as z.ZodType, item),
      [],
    );
  }
  if (raw === null || typeof raw !== "object" || Array.isArray(raw)) {
    throw new WrongValue();
  }
  const values = raw as Record<string, unknown>;
  if (known instanceof z.ZodObject) {
    const fields = Object.entries<z.ZodType>(known.shape);
    return fields.reduce((map, [key, field]) => put(map, key, field, values[key]), {});
  }
  if (known instanceof z.ZodRecord) {
    const { keyType, valueType } = known as z.ZodRecord<z.ZodString, z.ZodType>;
    const named = (key: string) => (keyType.safeParse(key).success ? valueType : z.never());
    return Object.entries(values).reduce((map, [key, value]) => put(map, key, named(key), value), {});
  }
  throw new WrongValue();
}

/** {@link salvage}, or nothing where the whole value is wrong. */
export function salvaged(schema: z.ZodType, raw: unknown): unknown {
  return unlessWrong(() => salvage(schema, raw), undefined);
}

/** The issues of several checks, without those checks that would have to read a wrong value. */
export function collect(...checks: readonly (() => readonly Issue[])[]): Issue[] {
  return checks.flatMap((check) => unlessWrong(check, []));
}

function put<T extends object>(target: T, key: PropertyKey, schema: z.ZodType, raw: unknown): T {
  try {
    Object.defineProperty(target, key, { value: salvage(schema, raw), enumerable: true });
  } catch (error) {
    const get = () => {
      throw error;
    };
    Object.defineProperty(target, key, { get, enumerable: true });
  }
  return target;
}

function unlessWrong<T>(act: () => T, otherwise: T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof WrongValue) {
      return otherwise;
    }
    throw error;
  }
}
