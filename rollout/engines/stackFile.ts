import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { parseDocument } from "yaml";

import { layOver, readProject } from "../../pulumi/projectConfig";
import { ConfigError, type Json } from "../engine";

/**
 * Lays config values over a stack's file for as long as something runs: in a copy, outside of the project, that is gone
 * afterwards. Everything else stays as it stands in the file: comments, encrypted values and the salt that they need.
 *
 * @param action - Gets the copy's path; undefined when there is nothing to lay over.
 * @throws ConfigError when the stack has no file, or a path cannot be followed.
 */
export async function withStackFile<T>(
  project: string,
  stack: string,
  set: Readonly<Record<string, Json>> | undefined,
  action: (file: string | undefined) => Promise<T>,
): Promise<T> {
  if (set === undefined || Object.keys(set).length === 0) {
    return action(undefined);
  }
  const text = laidOver(project, stack, set);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-config-"));
  try {
    const file = path.join(folder, `Pulumi.${stack}.yaml`);
    fs.writeFileSync(file, text, { mode: 0o600 });
    return await action(file);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function laidOver(directory: string, stack: string, set: Readonly<Record<string, Json>>): string {
  const project = readProject(directory);
  const file = path.join(directory, `Pulumi.${stack}.yaml`);
  const values = layOver(project, stack, set);
  const document = parseDocument(fs.readFileSync(file, "utf8"));
  if (document.errors.length > 0) {
    throw new ConfigError(`${file} cannot be read: ${document.errors[0]!.message}`);
  }
  for (const [key, value] of Object.entries(values)) {
    const [namespace, short] = key.split(":") as [string, string];
    if (namespace === project.name) {
      document.deleteIn(["config", short]);
    }
    document.setIn(["config", key], document.createNode(value));
  }
  // Quoted: what is a plain text to one reader of YAML is a number or a boolean to another, such as `on` or `1e3`.
  return document.toString({ defaultStringType: "QUOTE_DOUBLE", lineWidth: 0 });
}
