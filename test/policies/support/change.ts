import { parsePath } from "../../../pulumi/propertyPath";
import type { Value, ValueMap } from "../../../pulumi/values";

/** Values by property path; `undefined` takes one away. */
export type Changes = Readonly<Record<string, Value | undefined>>;

/** A copy of values with some of them changed. What is missing on the way is made. */
export function changed(values: ValueMap, changes: Changes): ValueMap {
  const copy = structuredClone(values);
  set(copy, changes);
  return copy;
}

/** Changes values in place. */
export function set(values: ValueMap, changes: Changes): void {
  for (const [path, value] of Object.entries(changes)) {
    const steps = parsePath(path);
    const last = steps.at(-1)!;
    let at = values as Record<string | number, Value>;
    for (const [index, step] of steps.slice(0, -1).entries()) {
      at[step] ??= typeof steps[index + 1] === "number" ? [] : {};
      at = at[step] as Record<string | number, Value>;
    }
    if (value === undefined) {
      delete at[last];
    } else {
      at[last] = structuredClone(value);
    }
  }
}
