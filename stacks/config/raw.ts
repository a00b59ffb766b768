import { NAMESPACE } from "./issue";

/**
 * The values of the program's namespace, by key, out of a stack's config as Pulumi hands it over: structured values
 * as JSON, plain strings as they are. Pure.
 */
export function rawConfig(values: Readonly<Record<string, string>>): Record<string, unknown> {
  const prefix = `${NAMESPACE}:`;
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), decode(value)]),
  );
}

function decode(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
