import { InvalidArgumentError, Option } from "commander";
import { parse as parseYaml } from "yaml";
import type { Json } from "../rollout/engine";

/** Options that several commands share, so that they read and mean the same everywhere. */
export const stackOption = () =>
  new Option("-s, --stack <name>", "the stack: Pulumi.<name>.yaml in this folder").makeOptionMandatory();

export const stateOption = (
  description = "folder that keeps the state of each stack; without it, everything is in memory",
) => new Option("--state <dir>", description).argParser(filled);

export const setOption = () =>
  new Option(
    "--set <path=value>",
    "a config value for this run only, by its path inside the cutover: namespace; may be repeated",
  )
    .argParser(collectSet)
    .default({}, "none");

export const targetOption = () =>
  new Option("--target <urn>", "limit the run to this resource; may be repeated")
    .argParser((urn: string, before: string[]) => [...before, urn])
    .default([], "all");

export const jsonOption = () => new Option("--json", "print one JSON object instead of text");

/** A place that is not empty, as an unset variable is: empty would be the current folder. */
export function filled(text: string): string {
  if (text.trim() === "") {
    throw new InvalidArgumentError("It is empty: is a variable unset?");
  }
  return text;
}

/** The value is read as YAML, as in the stack file: `10` is a number, `[a, b]` a list, `"10"` a string. */
function collectSet(text: string, before: Record<string, Json>): Record<string, Json> {
  const equals = text.indexOf("=");
  if (equals < 1) {
    throw new InvalidArgumentError(`PATH=VALUE is needed, such as traffic.green=10; got ${JSON.stringify(text)}.`);
  }
  const path = text.slice(0, equals).replace(/^cutover:/, "");
  if (path.includes(":")) {
    throw new InvalidArgumentError(`a path inside the cutover: namespace is needed; got ${JSON.stringify(path)}.`);
  }
  let value: Json;
  try {
    value = parseYaml(text.slice(equals + 1)) as Json;
  } catch (error) {
    throw new InvalidArgumentError(`the value of ${path} is no YAML: ${(error as Error).message.split("\n")[0]}`);
  }
  return { ...before, [path]: value };
}
