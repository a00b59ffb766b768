import { isSlip, NAMESPACE } from "./namespace";

/**
 * The values of the program's namespace, by key, out of a stack's config as Pulumi hands it over: structured values
 * as JSON, plain strings as they are. What is in a namespace that is nearly the program's keeps its full key, to be
 * refused. Pure.
 */
export function rawConfig(values: Readonly<Record<string, string>>): Record<string, unknown> {
  const prefix = `${NAMESPACE}:`;
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key.startsWith(prefix) || isSlip(key))
      .map(([key, value]) => [isSlip(key) ? key : key.slice(prefix.length), decode(value)]),
  );
}

function decode(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
