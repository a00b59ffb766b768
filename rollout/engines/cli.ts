import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { CommandError, PulumiCommand } from "@pulumi/pulumi/automation";

import { EngineError } from "../engine";

/** How long the CLI has to end when a run is stopped, in milliseconds. */
export interface Patience {
  /**
   * After SIGINT: it starts no further step, and waits for those that it has begun.
   * @default 20000
   */
  cancel?: number;
  /**
   * After a second SIGINT: it waits for nothing, and writes down which steps were left open.
   * @default 5000
   */
  terminate?: number;
}

/** The CLI ended badly. */
export class CliError extends Error {
  override readonly name = "CliError";

  constructor(
    readonly stdout: string,
    readonly stderr: string,
    /** Whether it was stopped by whoever asked for the run. */
    readonly stopped: boolean,
    /** The signal that ended it; absent when it ended by itself. */
    readonly killedBy: NodeJS.Signals | undefined,
  ) {
    super(stderr);
  }
}

/** What the Automation API calls to run the CLI; it takes the stdout of a success from the answer. */
type Run = (
  args: string[],
  cwd: string,
  env: Record<string, string>,
  onOutput?: (text: string) => void,
  onError?: (text: string) => void,
  signal?: AbortSignal,
) => Promise<{ stdout: string; stderr: string; code: number }>;

/**
 * Finds the Pulumi CLI, for the Automation API.
 *
 * The API's own way to run it sends one SIGINT when a run is stopped, and then waits for as long as it takes; this one ends it
 * for certain. The CLI gets a process group of its own, so that Ctrl-C in a terminal reaches it once and not twice (the second
 * one means "at once"), and writes to files, so that it can end in order when this process is killed: to a pipe that nobody
 * reads it would break off in the middle of a step.
 *
 * @throws EngineError that says how to get the CLI, when it is not there or too old.
 */
export async function openCli(patience: Patience = {}): Promise<PulumiCommand> {
  const command = await PulumiCommand.get().catch((error: unknown) => {
    throw new EngineError(unusable(error), { cause: error });
  });
  const run: Run = (args, cwd, env, _onOutput, _onError, signal) =>
    runCli(command.command, [...args, "--non-interactive"], cwd, env, patience, signal);
  return Object.assign(command, { run });
}

function unusable(error: unknown): string {
  const problem =
    error instanceof CommandError && /ENOENT/.test(error.message)
      ? "there is no Pulumi CLI on the PATH"
      : `the Pulumi CLI on the PATH cannot be used: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`;
  return `${problem}. Install it: npm install --global pulumi (other ways: https://www.pulumi.com/docs/install)`;
}

async function runCli(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
  patience: Patience,
  signal: AbortSignal | undefined,
) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-pulumi-"));
  const [out, err] = ["stdout", "stderr"].map((name) => path.join(folder, name)) as [string, string];
  const handles = [fs.openSync(out, "w", 0o600), fs.openSync(err, "w", 0o600)] as const;
  let stop: (() => void) | undefined;
  try {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env, PULUMI_AUTOMATION_API: "true" },
      stdio: ["ignore", ...handles],
      detached: true,
    });
    stop = stopWith(child, patience, signal);
    const [code, killedBy] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (...how) => resolve(how));
    });
    const [stdout, stderr] = [fs.readFileSync(out, "utf8"), fs.readFileSync(err, "utf8")];
    if (code !== 0) {
      throw new CliError(stdout, stderr, signal?.aborted === true, killedBy ?? undefined);
    }
    return { stdout, stderr, code };
  } finally {
    stop?.();
    handles.forEach((handle) => fs.closeSync(handle));
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Ends the CLI when the signal fires: in order, then at once, then by force. Returns what forgets about it. */
function stopWith(child: ChildProcess, patience: Patience, signal: AbortSignal | undefined): () => void {
  let timer: NodeJS.Timeout | undefined;
  const later = (milliseconds: number, action: () => void) => (timer = setTimeout(action, milliseconds));
  const stop = () => {
    send(child, "SIGINT");
    later(patience.cancel ?? 20_000, () => {
      send(child, "SIGINT");
      later(patience.terminate ?? 5_000, () => send(child, "SIGKILL"));
    });
  };
  if (signal?.aborted) {
    stop();
  } else {
    signal?.addEventListener("abort", stop, { once: true });
  }
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  };
}

/** To the whole group: the CLI may be a script of npm's that has the real one as its child. */
function send(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === "win32" || child.pid === undefined) {
      child.kill(signal);
    } else {
      process.kill(-child.pid, signal);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}
