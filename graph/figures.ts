import { orUndefined } from "../cost/context";
import type { Resource } from "../policies/graph";

/** So many of something: `3 nodes`; undefined for none. */
export function count(amount: number, noun: string): string | undefined {
  return amount === 0 ? undefined : `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** A text of a resource; undefined where there is none, or it is not known. */
export function text(resource: Resource, path: string): string | undefined {
  return orUndefined(() => resource.text(path));
}

/** A number of a resource; undefined where there is none, or it is not known. */
export function number(resource: Resource, path: string): number | undefined {
  const value = orUndefined(() => resource.get(path));
  return typeof value === "number" ? value : undefined;
}
