import { execFile } from "node:child_process";
import { join } from "node:path";
import { PROJECT } from "../stacks/production";

/** What a run of the command left. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Settings of the environment that change what the command does; a test states those that it needs. */
const OWN = ["NO_COLOR", "FORCE_COLOR", "PULUMI_CONFIG_PASSPHRASE"];

/** Runs `cutover` as a person does: as a process of its own, its output in a pipe. */
export function cutover(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.includes(name)));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(PROJECT, "bin/cutover.js"), ...args],
      { cwd: options.cwd ?? PROJECT, env: { ...inherited, ...options.env }, maxBuffer: 256 * 1024 * 1024 },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, stdout, stderr }),
    );
  });
}
