/**
 * The config of a stack as Pulumi would hand it to the program: `Pulumi.yaml`'s defaults, `Pulumi.<stack>.yaml`, and for one
 * run the values of `--set`. Scalars become strings, structures become JSON.
 */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { parse as parseYaml } from "yaml";

import { ConfigError, type Json } from "../rollout/engine";
import { PathError, formatPath, parsePath, type PropertyPath } from "./propertyPath";

/** What the engine needs to know of a project. */
export interface Project {
  directory: string;
  name: string;
  /** The program's file or directory, relative to the project's. */
  main: string;
  /** Values that hold for stacks that set no others, by full key. A key without a value must be set by the stack. */
  defaults: Record<string, Json | undefined>;
}

/** The config of one run. */
export interface RunConfig {
  /** Values by full key, as the SDK takes them. */
  values: Record<string, string>;
  /** Keys whose value is or holds a secret. */
  secretKeys: string[];
  /** What the person should know, e.g. that a secret was invented. */
  notes: string[];
}

/** Reads `Pulumi.yaml`. @throws ConfigError when there is none, or it is not what Pulumi takes. */
export function readProject(directory: string): Project {
  const file = path.join(directory, "Pulumi.yaml");
  if (!fs.existsSync(file)) {
    throw new ConfigError(`there is no Pulumi.yaml in ${directory}: run the command in the project's directory`);
  }
  const content = readYaml(file);
  if (typeof content.name !== "string") {
    throw new ConfigError(`${file}: \`name\` must be the project's name; got ${JSON.stringify(content.name)}`);
  }
  const defaults: Project["defaults"] = {};
  for (const [key, entry] of Object.entries(asMap(content.config ?? {}, `${file}: \`config\``))) {
    defaults[fullKey(key, content.name)] = isMap(entry) ? (entry.value ?? entry.default) : entry;
  }
  return { directory, name: content.name, main: typeof content.main === "string" ? content.main : "", defaults };
}

/** The stacks that have a file in the project's directory. */
export function listStacks(project: Project): string[] {
  return fs.readdirSync(project.directory).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
}

/**
 * Puts together the config of a stack.
 *
 * @param set - Values laid over it, by path inside the project's namespace: `traffic.regions.eu-west-1`, `a[0]`, `a["b.c"]`.
 * @throws ConfigError when the stack has no file, a path cannot be followed, a value that Pulumi.yaml asks for is missing, or a
 * number is none that JSON has.
 */
export function readConfig(project: Project, stack: string, set: Readonly<Record<string, Json>> = {}): RunConfig {
  return encode(merged(project, stack, set), stack);
}

/**
 * The config values that `set` changes, whole and by full key, as they are once it is laid over the stack's file.
 *
 * @throws ConfigError when the stack has no file, or a path cannot be followed.
 */
export function layOver(project: Project, stack: string, set: Readonly<Record<string, Json>>): Record<string, Json> {
  const values = merged(project, stack, set);
  const keys = Object.keys(set).map((place) => fullKey(String(parsePath(place)[0]), project.name));
  return Object.fromEntries(keys.map((key) => [key, values[key]!]));
}

function merged(
  project: Project,
  stack: string,
  set: Readonly<Record<string, Json>>,
): Record<string, Json | undefined> {
  const file = path.join(project.directory, `Pulumi.${stack}.yaml`);
  if (!/^[\w.-]+$/.test(stack) || !fs.existsSync(file)) {
    const stacks = listStacks(project);
    const known = stacks.length > 0 ? `stacks: ${stacks.sort().join(", ")}` : "there is no Pulumi.<stack>.yaml here";
    throw new ConfigError(`unknown stack ${JSON.stringify(stack)}; ${known}`);
  }
  const values: Record<string, Json | undefined> = { ...project.defaults };
  for (const [key, value] of Object.entries(asMap(readYaml(file).config ?? {}, `${file}: \`config\``))) {
    values[fullKey(key, project.name)] = value;
  }
  for (const [place, value] of Object.entries(set)) {
    setAt(values, project.name, place, value);
  }
  return values;
}

function encode(merged: Record<string, Json | undefined>, stack: string): RunConfig {
  const config: RunConfig = { values: {}, secretKeys: [], notes: [] };
  const missing: string[] = [];
  for (const [key, value] of Object.entries(merged)) {
    if (value === undefined || value === null) {
      missing.push(key);
      continue;
    }
    const invented: string[] = [];
    const plain = withInventedSecrets(value, [key], invented);
    if (invented.length > 0) {
      config.secretKeys.push(key);
      config.notes.push(...invented);
    }
    config.values[key] = typeof plain === "string" ? plain : JSON.stringify(plain);
  }
  if (missing.length > 0) {
    const fixes = missing.map((key) => `  ${key}\n    fix: pulumi config set --stack ${stack} '${key}' <value>`);
    throw new ConfigError(`stack ${stack} is missing config values that Pulumi.yaml asks for:\n${fixes.join("\n")}`);
  }
  return config;
}

/** Encrypted values cannot be decrypted here: each is replaced by an invented one that is the same in every run. */
function withInventedSecrets(value: Json, place: PropertyPath, invented: string[]): Json {
  if (Array.isArray(value)) {
    return value.map((item, index) => withInventedSecrets(item, [...place, index], invented));
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new ConfigError(`${keyOf(place)} must be a number that is finite; got ${value}`);
  }
  if (!isMap(value)) {
    return value;
  }
  if (typeof value.secure === "string" && Object.keys(value).length === 1) {
    const name = keyOf(place);
    invented.push(`${name} is encrypted, and the rehearsal cannot decrypt it: it uses an invented value`);
    return `invented-${createHash("sha256").update(name).digest("hex").slice(0, 24)}`;
  }
  // Pulumi hands objects over with their keys in order, and what a program makes of a map follows that order.
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, withInventedSecrets(value[key]!, [...place, key], invented)]),
  );
}

/** A full key with the path inside of it: `cutover:traffic.green`. */
function keyOf([key, ...rest]: PropertyPath): string {
  return [String(key), formatPath(rest)].filter((part) => part !== "").join(".");
}

function setAt(merged: Record<string, Json | undefined>, namespace: string, place: string, value: Json): void {
  const refuse = (reason: string) => new ConfigError(`--set ${place}=${JSON.stringify(value)}: ${reason}`);
  let steps: PropertyPath;
  try {
    steps = parsePath(place);
  } catch (error) {
    throw error instanceof PathError ? refuse(error.message) : error;
  }
  const [first, ...rest] = steps;
  if (typeof first !== "string" || first === "") {
    throw refuse("the path must start with a config key, e.g. traffic.green");
  }
  const key = fullKey(first, namespace);
  merged[key] = placed(merged[key] ?? undefined, rest, value, refuse);
}

/** A copy of `into` with a value at a place. What is missing on the way is made, as `pulumi config set --path` does. */
function placed(
  into: Json | undefined,
  [step, ...rest]: PropertyPath,
  value: Json,
  refuse: (reason: string) => ConfigError,
): Json {
  if (step === undefined) {
    return value;
  }
  if (typeof step === "number") {
    const list = into ?? [];
    if (!Array.isArray(list)) {
      throw refuse(`[${step}] needs a list, and there is ${JSON.stringify(into)}`);
    }
    if (step < 0 || step > list.length) {
      throw refuse(`[${step}] is outside of the list, which has ${list.length} elements; [${list.length}] adds one`);
    }
    return replaced(list, step, placed(list[step], rest, value, refuse));
  }
  const map = into ?? {};
  if (!isMap(map)) {
    throw refuse(`${JSON.stringify(step)} needs a map, and there is ${JSON.stringify(into)}`);
  }
  return { ...map, [step]: placed(map[step], rest, value, refuse) };
}

function replaced(list: Json[], index: number, value: Json): Json[] {
  const result = [...list];
  result[index] = value;
  return result;
}

function fullKey(key: string, project: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

function readYaml(file: string): Record<string, Json | undefined> {
  try {
    return asMap((parseYaml(fs.readFileSync(file, "utf8")) as Json | undefined) ?? {}, file);
  } catch (error) {
    if (error instanceof ConfigError) {
      throw error;
    }
    const { code, message } = error as Error & { code?: string };
    const reason =
      code === "MULTIPLE_DOCS" ? "it holds several YAML documents; one is allowed: remove the rest" : message;
    throw new ConfigError(`${file} cannot be read: ${reason}`, { cause: error });
  }
}

function asMap(value: Json, what: string): Record<string, Json> {
  if (!isMap(value)) {
    throw new ConfigError(`${what} must be a map; got ${JSON.stringify(value)}`);
  }
  return value;
}

function isMap(value: Json | undefined): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
