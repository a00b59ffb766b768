/**
 * What changes between recorded and wanted inputs, by Pulumi's rules: objects key by key, arrays index by index, everything
 * else (secrets too, whatever they hold) as one value.
 *
 * @see sdk/go/common/resource/properties_diff.go and plugin/provider.go in pulumi/pulumi
 */
import type { DiffKind } from "../rollout/engine";
import { containsPath, formatPath, valuesAt, type PropertyPath } from "./propertyPath";
import { equal, hasValue, isPlainMap, type Value, type ValueMap } from "./values";

/** One place that changes. */
export interface Change {
  path: PropertyPath;
  kind: DiffKind;
  before?: Value;
  after?: Value;
}

/** The changes from `old` to `fresh`, by path as text, sorted by key and index. */
export function diffInputs(old: ValueMap, fresh: ValueMap): Map<string, Change> {
  const changes = new Map<string, Change>();
  diffMaps([], old, fresh, changes);
  return changes;
}

function diffMaps(prefix: PropertyPath, old: ValueMap, fresh: ValueMap, changes: Map<string, Change>): void {
  for (const key of unionOfKeys(old, fresh)) {
    const before = old[key];
    const after = fresh[key];
    if (before === after) {
      continue;
    }
    const path = [...prefix, key];
    if (!hasValue(before)) {
      if (hasValue(after)) {
        add(changes, { path, kind: "add", after });
      }
    } else if (!hasValue(after)) {
      add(changes, { path, kind: "delete", before });
    } else {
      diffValues(path, before, after, changes);
    }
  }
}

function unionOfKeys(old: ValueMap, fresh: ValueMap): string[] {
  const keys = Object.keys(old);
  for (const key of Object.keys(fresh)) {
    if (old[key] === undefined) {
      keys.push(key);
    }
  }
  return keys.sort();
}

function diffValues(path: PropertyPath, before: Value, after: Value, changes: Map<string, Change>): void {
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      const place = [...path, index];
      if (index >= before.length) {
        add(changes, { path: place, kind: "add", after: after[index]! });
      } else if (index >= after.length) {
        add(changes, { path: place, kind: "delete", before: before[index]! });
      } else {
        diffValues(place, before[index]!, after[index]!, changes);
      }
    }
  } else if (isPlainMap(before) && isPlainMap(after)) {
    diffMaps(path, before, after, changes);
  } else if (!equal(before, after)) {
    const kind = !hasValue(before) ? "add" : !hasValue(after) ? "delete" : "update";
    add(changes, { path, kind, before, after });
  }
}

function add(changes: Map<string, Change>, change: Change): void {
  changes.set(formatPath(change.path), change);
}

/** Whether a change makes the resource be replaced. */
export function isReplace(kind: DiffKind): boolean {
  return kind.endsWith("-replace");
}

/** The kind that says: and this replaces the resource. */
export function toReplace(kind: DiffKind): DiffKind {
  return isReplace(kind) ? kind : (`${kind as "add" | "delete" | "update"}-replace` as const);
}

/** Marks the changes inside paths of `replaceOnChanges`. */
export function markReplaceOnChanges(changes: Map<string, Change>, paths: readonly PropertyPath[]): void {
  for (const change of changes.values()) {
    if (paths.some((path) => containsPath(path, change.path))) {
      change.kind = toReplace(change.kind);
    }
  }
}

/** Where a change replaces the resource, by the rules of its type. */
export interface ReplacementRules {
  /** Paths: a change of them or of anything inside them. */
  replaceOn: readonly PropertyPath[];
  /** Paths of blocks that have rules of their own for what is inside: only their coming and going. */
  replaceOnBlocks: readonly PropertyPath[];
}

/**
 * Marks the changes that cannot be done in place. A change of something larger (a whole block that comes or goes, or is not
 * known yet) counts when it holds a value that cannot be changed in place.
 */
export function markForcesNew(changes: Map<string, Change>, rules: ReplacementRules): void {
  for (const change of changes.values()) {
    const forces =
      rules.replaceOn.some((path) => containsPath(path, change.path) || holds(path, change)) ||
      rules.replaceOnBlocks.some((path) => isBlock(path, change.path) || holds(path, change));
    if (forces) {
      change.kind = toReplace(change.kind);
    }
  }
}

/** Whether a path is that of the block itself, or of one of its elements. */
function isBlock(block: PropertyPath, path: PropertyPath): boolean {
  const element = path.length === block.length + 1 && typeof path.at(-1) === "number";
  return containsPath(block, path) && (path.length === block.length || element);
}

function holds(path: PropertyPath, change: Change): boolean {
  if (path.length <= change.path.length || !containsPath(path.slice(0, change.path.length), change.path)) {
    return false;
  }
  const rest = path.slice(change.path.length);
  return [change.before, change.after].some((value) => valuesAt(value, rest).some(hasValue));
}
