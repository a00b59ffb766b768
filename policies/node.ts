import type { Json } from "../rollout/engine";
import { formatPath, parsePath, type PropertyPath } from "../pulumi/propertyPath";
import { hasValue, isMap, SECRET, SIGNATURE, UNKNOWN, type Value } from "../pulumi/values";

/**
 * A rule asked for a value that nobody knows yet: one of a preview, or a secret that only its ciphertext is there of.
 * The runner counts the rule as undetermined on the resource: neither passed nor violated.
 */
export class Undetermined extends Error {
  override readonly name = "Undetermined";

  /** @param path - The property, as Pulumi writes paths. */
  public constructor(
    public readonly path: string,
    public readonly kind: "unknown" | "encrypted",
  ) {
    super(kind === "unknown" ? `${path} is not known yet` : `${path} is an encrypted secret`);
  }
}

/** Pulumi has a sentinel for each kind of value that is not known; its Node SDK sends the one of strings for all. */
const UNKNOWNS = new Set<unknown>([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/**
 * A value of a resource's properties, read by path. It keeps three things apart that are easily confused: a value that is
 * absent (`undefined`; null is absent, as in Pulumi), one that is not known yet (reading throws {@link Undetermined}, so
 * that no rule can pass or fail on it by accident), and one that is secret (read as any other, see {@link isSecret}).
 *
 * Paths are Pulumi's: `a.b[0].c`, `metadata.labels["app.kubernetes.io/name"]`; `*` stands for every key or index.
 */
export class Node {
  /**
   * @param raw - In the form of the engine: special objects for secrets, a sentinel for unknown values.
   * @param at - Where it stands in the resource, for messages.
   * @param secret - Whether it stands inside a secret.
   */
  public constructor(
    protected readonly raw: Value | undefined,
    protected readonly at: PropertyPath = [],
    protected readonly secret = false,
  ) {}

  /** Where the value stands in its resource. */
  public get path(): string {
    return formatPath(this.at);
  }

  /** The value itself; undefined when absent. @throws Undetermined when it, or anything in it, is not known. */
  public value(): Json | undefined {
    return plain(this.raw, this.at);
  }

  /** The value at a path; undefined when absent. @throws Undetermined when it, or anything in it, is not known. */
  public get(path: string): Json | undefined {
    return this.node(path)?.value();
  }

  /** The text at a path; a number or boolean as text; undefined when absent or anything else. */
  public text(path: string): string | undefined {
    const value = this.get(path);
    return typeof value === "object" || value === undefined ? undefined : String(value);
  }

  /** The number at a path, also when it is written as text; undefined when absent or no number. */
  public number(path: string): number | undefined {
    const value = this.text(path);
    return value === undefined || value.trim() === "" || Number.isNaN(Number(value)) ? undefined : Number(value);
  }

  /** The boolean at a path, also when it is written as text; undefined when absent or neither true nor false. */
  public flag(path: string): boolean | undefined {
    const value = this.text(path);
    return value === "true" ? true : value === "false" ? false : undefined;
  }

  /** Whether there is a value at a path. @throws Undetermined when it is not known. */
  public has(path: string): boolean {
    return this.get(path) !== undefined;
  }

  /** The elements of the list at a path; none when absent. @throws Undetermined when the list is not known. */
  public list(path: string): Node[] {
    return this.nodes(`${path}[*]`);
  }

  /** The texts of a list, such as `subnetIds` or `rules[*].protocol`. @throws Undetermined when one is not known. */
  public texts(path: string): string[] {
    return this.nodes(path).flatMap((node) => {
      const value = node.value();
      const items = Array.isArray(value) ? value : [value];
      return items.filter((item) => typeof item !== "object" && item !== undefined).map(String);
    });
  }

  /** Every value that a path with `*` names, absent ones left out. @throws Undetermined when a container is not known. */
  public nodes(path: string): Node[] {
    return descend(this.raw, this.at, this.secret, parsed(path), 0);
  }

  /** The keys of the object at a path; none when absent. @throws Undetermined when the object is not known. */
  public keys(path: string): string[] {
    const node = path === "" ? this : this.node(path);
    const opened = node && open(node.raw, node.at).value;
    return isMap(opened) ? Object.keys(opened).filter((key) => hasValue(opened[key])) : [];
  }

  /**
   * The JSON document at a path, such as an IAM policy: written as text, or given as an object. Undefined when absent, or
   * when the text is no JSON.
   */
  public json(path: string): Node | undefined {
    const node = this.node(path);
    const value = node?.value();
    if (node === undefined || typeof value !== "string") {
      return node;
    }
    try {
      return new Node(JSON.parse(value) as Value, node.at, node.secret);
    } catch {
      return undefined;
    }
  }

  /** Whether the value at a path is known to the engine as a secret, or stands inside one. Never throws. */
  public isSecret(path: string): boolean {
    return this.look(path).secret;
  }

  /** Whether the value at a path, or what it stands in, is not known yet. Never throws. */
  public isUnknown(path: string): boolean {
    return this.look(path).unknown;
  }

  /** The value at one path without `*`. */
  private node(path: string): Node | undefined {
    return this.nodes(path)[0];
  }

  private look(path: string): { secret: boolean; unknown: boolean } {
    let value: Value | undefined = this.raw;
    let secret = this.secret;
    for (const step of [...parsed(path), undefined]) {
      while (isMap(value) && value[SIGNATURE] === SECRET) {
        secret = true;
        value = value.value;
      }
      if (UNKNOWNS.has(value)) {
        return { secret, unknown: true };
      }
      if (step === undefined || typeof value !== "object" || value === null) {
        break;
      }
      value = (value as Record<string | number, Value>)[step];
    }
    return { secret, unknown: false };
  }
}

const paths = new Map<string, PropertyPath>();

/** Rules read the same few paths of thousands of resources. */
function parsed(path: string): PropertyPath {
  let result = paths.get(path);
  if (result === undefined) {
    paths.set(path, (result = parsePath(path)));
  }
  return result;
}

/** The value without the marks of a secret. @throws Undetermined when it is not known. */
function open(raw: Value | undefined, at: PropertyPath): { value: Value | undefined; secret: boolean } {
  let value = raw;
  let secret = false;
  while (isMap(value) && value[SIGNATURE] === SECRET) {
    secret = true;
    if (value.value === undefined) {
      throw new Undetermined(formatPath(at), "encrypted");
    }
    value = value.value;
  }
  if (UNKNOWNS.has(value)) {
    throw new Undetermined(formatPath(at), "unknown");
  }
  return { value, secret };
}

function descend(raw: Value | undefined, at: PropertyPath, secret: boolean, path: PropertyPath, depth: number): Node[] {
  if (!hasValue(raw)) {
    return [];
  }
  if (depth === path.length) {
    return [new Node(raw, at, secret)];
  }
  const opened = open(raw, at);
  const inside = secret || opened.secret;
  const value = opened.value;
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const step = path[depth]!;
  const steps = step === "*" ? (Array.isArray(value) ? [...value.keys()] : Object.keys(value)) : [step];
  return steps.flatMap((key) =>
    descend((value as Record<string | number, Value>)[key], [...at, key], inside, path, depth + 1),
  );
}

/** A value as plain JSON. What holds nothing special is returned itself. */
function plain(raw: Value | undefined, at: PropertyPath): Json | undefined {
  if (!hasValue(raw)) {
    return undefined;
  }
  const { value } = open(raw, at);
  if (Array.isArray(value)) {
    return value.map((item, index) => plain(item, [...at, index]) ?? null);
  }
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, [...at, key]) ?? null]));
  }
  return value ?? undefined;
}
