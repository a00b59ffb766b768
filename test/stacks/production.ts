import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRehearsal, type Rehearsal } from "../../rehearsal";
import { clouds } from "../../rehearsal/clouds";
import { decodeDeployment, type Resource } from "../../rehearsal/engine/deployment";
import { keyCrypter } from "../../rehearsal/engine/secrets";
import { KEY_FILE } from "../../rehearsal/engine/store";
import { isSecret, unwrap, type Value } from "../../pulumi/values";

/** The repository: the project that is rehearsed. */
export const PROJECT = join(__dirname, "../..");

/** The stacks of production, in the order in which they read each other. */
export const STACKS = ["production-platform", "production-application", "production"] as const;
export type Stack = (typeof STACKS)[number];

/** Production, brought up. */
export interface Production {
  rehearsal: Rehearsal;
  /** Folder of the states. */
  directory: string;
}

let brought: Promise<Production> | undefined;

/** Production, brought up once for all tests of this process. Tests may preview it, and must not `up` it: they copy its folder. */
export function production(): Promise<Production> {
  brought ??= bringUp();
  return brought;
}

async function bringUp(): Promise<Production> {
  const directory = mkdtempSync(join(tmpdir(), "cutover-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  // Without a passphrase of the environment: secrets are under a key of the folder.
  const rehearsal = createRehearsal({ project: PROJECT, clouds, state: directory, passphrase: "" });
  for (const stack of STACKS) {
    await rehearsal.up(stack);
  }
  return { rehearsal, directory };
}

/** The text of a stack's state file. */
export function stateText({ directory }: Production, stack: Stack): string {
  return readFileSync(join(directory, `${stack}.json`), "utf8");
}

/** The resources of a stack as they are recorded, with their secrets opened. */
export function recorded(at: Production, stack: Stack): Resource[] {
  const key = Buffer.from(readFileSync(join(at.directory, KEY_FILE), "utf8").trim(), "base64");
  return decodeDeployment(JSON.parse(stateText(at, stack)), () => keyCrypter(key)).resources ?? [];
}

/** Whether a recorded value is a secret, and what it says. */
export function secretText(value: Value | undefined): string | undefined {
  const text = isSecret(value) ? unwrap(value) : undefined;
  return typeof text === "string" ? text : undefined;
}

/** Logical name of a resource. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
