import { spawn } from "node:child_process";
import type { Tail } from "./tail";

/** How long a program that was told to stop may tidy up, milliseconds. */
const GRACE = 5_000;

/** How long is waited for output after a program has ended: what it left running may hold its output open for ever. */
const DRAIN = 500;

interface Run {
  /** A program and its arguments; no shell reads them. */
  command: readonly string[];
  folder: string;
  environment: NodeJS.ProcessEnv;
  milliseconds: number;
  /** How long that is, for people. */
  timeout: string;
  output: Tail;
  signal?: AbortSignal;
}

/**
 * Runs a program and waits for its end. When its time is over, or the signal fires, it is stopped with all that it started
 * (its process group), gently and then by force.
 *
 * @returns Why it failed; undefined when it ended with exit code 0.
 */
export function runCommand({
  command,
  folder,
  environment,
  milliseconds,
  timeout,
  output,
  signal,
}: Run): Promise<string | undefined> {
  return new Promise((resolve) => {
    const [program = "", ...args] = command;
    const child = spawn(program, args, {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stopped: string | undefined;
    let force: NodeJS.Timeout | undefined;
    const stop = (why: string) => {
      stopped ??= why;
      killGroup(child.pid, "SIGTERM");
      force ??= setTimeout(() => killGroup(child.pid, "SIGKILL"), GRACE);
    };
    const timer = setTimeout(() => stop(`it took longer than ${timeout} and was stopped`), milliseconds);
    const onAbort = () => stop("it was stopped: the rollout goes another way");
    const settle = (reason: string | undefined) => {
      clearTimeout(timer);
      clearTimeout(force);
      signal?.removeEventListener("abort", onAbort);
      resolve(reason);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => output.write(text));
    }
    child.on("error", (error) => settle(`${program} cannot be started: ${error.message}`));
    child.on("exit", () => {
      if (stopped !== undefined) {
        killGroup(child.pid, "SIGKILL");
      }
      setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream.destroy()), DRAIN).unref();
    });
    child.on("close", (code, killedBy) => settle(stopped ?? failure(code, killedBy)));
    if (signal?.aborted === true) {
      onAbort();
    }
  });
}

function failure(code: number | null, killedBy: NodeJS.Signals | null): string | undefined {
  if (code === 0) {
    return undefined;
  }
  return code === null ? `it was ended by ${killedBy}` : `it ended with exit code ${code}`;
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) {
      process.kill(-pid, signal);
    }
  } catch {
    // All of it has ended already.
  }
}
