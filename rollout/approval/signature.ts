import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { EngineError } from "../engine";
import { keygen } from "./keygen";

/** What a signature is for: one that was made for git, or to log in, is none for an approval. */
export const NAMESPACE = "cutover-approval";

/** A signature of the largest key (RSA of 16384 bits) has some 8 kB: what is larger is none. */
const MOST_CHARACTERS = 32_768;

/** Who may sign, as OpenSSH reads it (ALLOWED SIGNERS in ssh-keygen(1)). */
export interface AllowedSigners {
  /** Absolute path. */
  file: string;
  /** The path as config has it, for messages. */
  name: string;
}

/** Who signed. */
export interface Signer {
  /** Fingerprint of the key. */
  key: string;
  /** The names that the file of allowed signers gives the key. */
  names: string[];
}

/**
 * Signs a text.
 *
 * @param key - File of a private key; of a public one when the agent has the private one.
 * @returns the armored signature. It holds the public key, and no private one.
 */
export async function sign(text: string, key: string): Promise<string> {
  const { ok, stdout } = await keygen(["-q", "-Y", "sign", "-n", NAMESPACE, "-f", key], text, true);
  if (!ok) {
    throw new EngineError(
      `nothing was approved: ssh-keygen could not sign with ${key}. Name a private key that you have, ` +
        "or its public one when an agent holds it: --key ~/.ssh/id_ed25519",
    );
  }
  return stdout;
}

/**
 * Who signed a text. Checked are, in this order: that it is this text, for approvals; that the key is allowed at that time.
 *
 * @param at - When the key must have been valid, milliseconds since the epoch.
 * @throws EngineError that names the key, and what is wrong.
 */
export async function signerOf(text: string, signature: string, signers: AllowedSigners, at: number): Promise<Signer> {
  return withFile(signature, async (file) => {
    const good = await keygen(["-Y", "check-novalidate", "-n", NAMESPACE, "-s", file], text);
    if (!good.ok) {
      throw new EngineError(
        `the signature is none of this approval: it was changed, or made for another rollout, stage, role, plan or time, ` +
          `or not with \`-n ${NAMESPACE}\` (${good.said})`,
      );
    }
    const key = /with (.+)$/m.exec(good.stdout)?.[1] ?? "an unknown key";
    const found = await keygen(["-Y", "find-principals", timeOption(at), "-f", signers.file, "-s", file], text);
    const names = found.stdout.split("\n").filter((name) => name !== "");
    if (!found.ok || names.length === 0) {
      throw new EngineError(
        `it is signed with ${key}, which ${signers.name} does not allow${found.said.includes("key has expired") || found.said.includes("not yet valid") ? " at that time" : ": it is unknown, or was revoked"}`,
      );
    }
    return { key, names };
  });
}

/** Whether a text is signed with a key that is allowed for a person. */
export async function isSignedBy(
  person: string,
  { text, signature, signers, at }: { text: string; signature: string; signers: AllowedSigners; at: number },
): Promise<boolean> {
  return withFile(signature, async (file) => {
    const args = ["-Y", "verify", timeOption(at), "-n", NAMESPACE, "-I", person, "-f", signers.file, "-s", file];
    return (await keygen(args, text)).ok;
  });
}

/** As ssh-keygen reads times: in seconds, of its time zone, which is UTC here. */
function timeOption(at: number): string {
  return `-Overify-time=${new Date(at).toISOString().slice(0, 19).replace(/\D/g, "")}`;
}

/** ssh-keygen reads signatures from files only. */
async function withFile<T>(signature: string, action: (file: string) => Promise<T>): Promise<T> {
  if (signature.length > MOST_CHARACTERS) {
    throw new EngineError(
      `the signature has ${signature.length} characters; one of OpenSSH has ${MOST_CHARACTERS} at most`,
    );
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-approval-"));
  try {
    const file = path.join(folder, "signature");
    fs.writeFileSync(file, signature);
    return await action(file);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
