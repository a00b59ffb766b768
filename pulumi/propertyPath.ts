/**
 * Pulumi's property paths: `defaultActions[0].forward.targetGroups[1].weight`, `metadata.labels["app.kubernetes.io/name"]`.
 *
 * @see sdk/go/common/resource/properties_path.go in pulumi/pulumi
 */
import { isMap, isPlainMap, isSecret, secret, unwrap, type Value, type ValueMap } from "./values";

/** The steps of a path: keys of objects and indexes of arrays. The key `*` matches any of either, one level deep. */
export type PropertyPath = readonly (string | number)[];

/** A path that cannot be read. */
export class PathError extends Error {
  override readonly name = "PathError";
}

/** Reads a path. @throws PathError when it is not one. */
export function parsePath(text: string): PropertyPath {
  const path: (string | number)[] = [];
  const broken = (reason: string) => new PathError(`property path ${JSON.stringify(text)}: ${reason}`);
  if (text.startsWith(".")) {
    throw broken("it must start with a name or an index");
  }
  let at = 0;
  while (at < text.length) {
    if (text[at] === ".") {
      at++;
      if (at === text.length) {
        throw broken("it ends with a dot");
      }
    } else if (text[at] === "[" && text[at + 1] === '"') {
      let key = "";
      for (at += 2; text[at] !== '"'; at++) {
        if (at >= text.length) {
          throw broken("a quote is not closed");
        }
        if (text[at] === "\\" && text[at + 1] === '"') {
          at++;
        }
        key += text[at];
      }
      if (text[at + 1] !== "]") {
        throw broken("a bracket is not closed");
      }
      path.push(key);
      at += 2;
    } else if (text[at] === "[") {
      const end = text.indexOf("]", at);
      if (end < 0) {
        throw broken("a bracket is not closed");
      }
      const index = text.slice(at + 1, end);
      if (index !== "*" && !/^-?\d+$/.test(index)) {
        throw broken(`${JSON.stringify(index)} is no index; a key in brackets stands in double quotes`);
      }
      path.push(index === "*" ? index : Number(index));
      at = end + 1;
    } else {
      const end = text.slice(at).search(/[.[]/);
      const key = end < 0 ? text.slice(at) : text.slice(at, at + end);
      path.push(key);
      at += key.length;
    }
  }
  return path;
}

/** Writes a path as Pulumi does: keys of letters, digits and underscores after a dot, all others in brackets and quotes. */
export function formatPath(path: PropertyPath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") {
      text += `[${step}]`;
    } else if (/^\w*$/.test(step)) {
      text += text === "" ? step : `.${step}`;
    } else {
      text += `["${step.replaceAll('"', '\\"')}"]`;
    }
  }
  return text;
}

/** Whether `path` is `outer` or lies inside it; `*` in `outer` matches any one step. */
export function containsPath(outer: PropertyPath, path: PropertyPath): boolean {
  return outer.length <= path.length && outer.every((step, index) => step === "*" || step === path[index]);
}

/** The values at the places that a path with wildcards names; secrets on the way are seen through. */
export function valuesAt(value: Value | undefined, path: PropertyPath): Value[] {
  if (value === undefined) {
    return [];
  }
  const [step, ...rest] = path;
  if (step === undefined) {
    return [value];
  }
  const inner = unwrap(value);
  if (Array.isArray(inner)) {
    if (step === "*") {
      return inner.flatMap((item) => valuesAt(item, rest));
    }
    return typeof step === "number" ? valuesAt(inner[step], rest) : [];
  }
  if (!isPlainMap(inner)) {
    return [];
  }
  if (step === "*") {
    return Object.values(inner).flatMap((item) => valuesAt(item, rest));
  }
  return typeof step === "string" ? valuesAt(inner[step], rest) : [];
}

/**
 * Sets what a path names in `fresh` back to what it is in `old`, in place. Arrays keep their length.
 * @returns false when the path cannot be followed: an element was added or removed on its way.
 */
export function resetPath(path: PropertyPath, old: Value | undefined, fresh: Value | undefined): boolean {
  return reset(path, old, fresh, false, false);
}

function reset(
  path: PropertyPath,
  oldValue: Value | undefined,
  freshValue: Value | undefined,
  oldWasSecret: boolean,
  freshWasSecret: boolean,
): boolean {
  const [step, ...rest] = path;
  if (step === undefined || (typeof step === "number" && step < 0)) {
    return false;
  }
  const oldIsSecret = oldWasSecret || isSecret(oldValue);
  const freshIsSecret = freshWasSecret || isSecret(freshValue);
  const old = oldValue === undefined ? undefined : unwrap(oldValue);
  const fresh = freshValue === undefined ? undefined : unwrap(freshValue);
  const kept = (value: Value) => copy(oldIsSecret && !freshIsSecret ? secret(value) : value);
  const deeper = (before: Value | undefined, after: Value | undefined) =>
    reset(rest, before, after, oldIsSecret, freshIsSecret);

  if (typeof step === "number") {
    if (!Array.isArray(old) || !Array.isArray(fresh)) {
      return !Array.isArray(old) && !Array.isArray(fresh);
    }
    if (rest.length > 0) {
      return step < old.length && step < fresh.length && deeper(old[step], fresh[step]);
    }
    if (step >= old.length || step >= fresh.length) {
      return step >= old.length && step >= fresh.length;
    }
    fresh[step] = kept(old[step]!);
    return true;
  }
  if (step === "*") {
    return rest.length === 0 ? resetAll(old, fresh, kept) : resetEach(old, fresh, deeper);
  }
  if (rest.length > 0) {
    if (!isPlainMap(old) || !isPlainMap(fresh)) {
      return !isPlainMap(old) && !isPlainMap(fresh);
    }
    if (old[step] !== undefined && fresh[step] === undefined) {
      return false;
    }
    return (old[step] === undefined && fresh[step] === undefined) || deeper(old[step], fresh[step]);
  }
  const before = isPlainMap(old) ? old[step] : undefined;
  if (!isPlainMap(fresh)) {
    return before === undefined;
  }
  if (before === undefined) {
    delete fresh[step];
  } else {
    fresh[step] = kept(before);
  }
  return true;
}

function resetAll(old: Value | undefined, fresh: Value | undefined, kept: (value: Value) => Value): boolean {
  if (isPlainMap(fresh)) {
    if (isPlainMap(old)) {
      for (const key of Object.keys(fresh)) {
        delete fresh[key];
      }
      for (const key of Object.keys(old)) {
        fresh[key] = kept(old[key]!);
      }
    }
    return true;
  }
  if (!Array.isArray(fresh)) {
    return false;
  }
  if (!Array.isArray(old)) {
    return true;
  }
  for (let index = 0; index < Math.min(old.length, fresh.length); index++) {
    fresh[index] = kept(old[index]!);
  }
  return old.length === fresh.length;
}

function resetEach(
  old: Value | undefined,
  fresh: Value | undefined,
  deeper: (before: Value | undefined, after: Value | undefined) => boolean,
): boolean {
  if (isPlainMap(old) && isPlainMap(fresh)) {
    return Object.keys(old).every((key) => fresh[key] !== undefined && deeper(old[key], fresh[key]));
  }
  if (Array.isArray(old) && Array.isArray(fresh)) {
    const common = Math.min(old.length, fresh.length);
    return old.slice(0, common).every((item, index) => deeper(item, fresh[index])) && old.length === fresh.length;
  }
  return false;
}

/** A deep copy: the old state is never shared with inputs that are changed in place. */
function copy(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(copy);
  }
  if (isMap(value)) {
    const result: ValueMap = {};
    for (const key of Object.keys(value)) {
      result[key] = copy(value[key]!);
    }
    return result;
  }
  return value;
}
