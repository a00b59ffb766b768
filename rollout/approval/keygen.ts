import { spawn } from "node:child_process";
import { EngineError } from "../engine";

/** OpenSSH answers in milliseconds; a key with a passphrase, or a token that is touched, waits for a person. Milliseconds. */
const PATIENCE = 120_000;

/** What a run of ssh-keygen left. */
export interface KeygenResult {
  ok: boolean;
  stdout: string;
  /** What it said, on one line; empty when it talked to the person itself. */
  said: string;
}

/**
 * Runs ssh-keygen, so that signatures are made and checked by OpenSSH and by nothing of our own.
 *
 * @param input - The text that is signed or checked.
 * @param asks - Whether it may ask the person at the terminal, for a passphrase or a touch. What it says goes there, too.
 * @throws EngineError when it is not installed, or does not end.
 */
export function keygen(args: readonly string[], input: string, asks = false): Promise<KeygenResult> {
  return new Promise((resolve, reject) => {
    const child = spawn("ssh-keygen", args, {
      stdio: ["pipe", "pipe", asks ? "inherit" : "pipe"],
      timeout: PATIENCE,
      // Times are given to it, and read from a file of allowed signers, in UTC on every machine.
      env: { ...process.env, TZ: "UTC", LC_ALL: "C" },
    });
    let stdout = "";
    let said = "";
    child.stdout!.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
    // It may end before it has read everything, on a signature that it cannot read: its exit code says that.
    child.stdin!.on("error", () => undefined).end(input);
    child.on("error", (error) =>
      reject(new EngineError(`ssh-keygen cannot be run: ${error.message}. Approvals need OpenSSH (openssh-client)`)),
    );
    child.on("close", (code, signal) => {
      if (signal === null) {
        resolve({ ok: code === 0, stdout, said: said.trim().split(/\r?\n/).join("; ") });
      } else {
        reject(new EngineError(`ssh-keygen did not end within ${PATIENCE / 1000} s and was stopped: run it again`));
      }
    });
  });
}
