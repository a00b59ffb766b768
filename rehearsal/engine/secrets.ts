/**
 * How secrets are kept in files. With a passphrase, exactly as Pulumi's passphrase secrets manager does, so that Pulumi can
 * read the result. Without one, under a random key that lies beside the state (`<DIR>/.secrets.key`, readable by its owner
 * only): the values are invented, but a state file that is shown, sent or committed must not hold them all the same.
 *
 * @see pkg/secrets/passphrase/manager.go and sdk/go/common/resource/config/crypt.go in pulumi/pulumi
 */
import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync, randomBytes } from "node:crypto";

import { EngineError } from "../../rollout/engine";

/** How a state says what its secrets are encrypted with. */
export interface SecretsProvider {
  type: string;
  state?: { salt?: string; fingerprint?: string };
}

/** Encrypts and decrypts texts. */
export interface Crypter {
  /** What the state says about it. */
  provider(): SecretsProvider;
  /** Returns `v1:<nonce>:<ciphertext>`, both in base64. */
  encrypt(text: string): string;
  /** @throws EngineError when the text was not encrypted with this key. */
  decrypt(ciphertext: string): string;
}

const ITERATIONS = 1_000_000;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What Pulumi encrypts to find out later whether a passphrase is right. */
const PROBE = "pulumi";

function seal(text: string, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
}

/** Returns undefined when the key is not the one that sealed the text. */
function open(sealed: string, key: Buffer): string | undefined {
  const [version, nonce = "", text = ""] = sealed.split(":");
  const bytes = Buffer.from(text, "base64");
  if (version !== "v1" || bytes.length < TAG_BYTES) {
    return undefined;
  }
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    return decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return undefined;
  }
}

/** Derived keys by salt and passphrase: a derivation takes a good part of a second. */
const derived = new Map<string, Buffer>();

function derive(passphrase: string, salt: string): Buffer {
  const name = createHash("sha256")
    .update(JSON.stringify([salt, passphrase]))
    .digest("hex");
  let key = derived.get(name);
  if (!key) {
    key = pbkdf2Sync(passphrase, Buffer.from(salt, "base64"), ITERATIONS, KEY_BYTES, "sha256");
    derived.set(name, key);
  }
  return key;
}

/** The type name of Pulumi's passphrase secrets manager. */
export const PASSPHRASE = "passphrase";
/** The type name of the rehearsal's own key. Pulumi does not know it, so such a file cannot be imported by mistake. */
export const REHEARSAL_KEY = "cutover-rehearsal-key";

/**
 * Pulumi's passphrase secrets manager. The key is derived when it is first needed.
 * @param state `v1:<salt>:v1:<nonce>:<ciphertext>` of an existing state; a new salt when absent.
 * @throws EngineError at first use when the passphrase is not the one of the state.
 */
export function passphraseCrypter(passphrase: string, state?: string): Crypter {
  let opened: { key: Buffer; state: string } | undefined;
  const crypter = () => (opened ??= state === undefined ? newSalt(passphrase) : knownSalt(passphrase, state));
  return {
    provider: () => ({ type: PASSPHRASE, state: { salt: crypter().state } }),
    encrypt: (text) => seal(text, crypter().key),
    decrypt: (ciphertext) => open(ciphertext, crypter().key) ?? unreadable(),
  };
}

function newSalt(passphrase: string): { key: Buffer; state: string } {
  const salt = randomBytes(8).toString("base64");
  const key = derive(passphrase, salt);
  return { key, state: `v1:${salt}:${seal(PROBE, key)}` };
}

function knownSalt(passphrase: string, state: string): { key: Buffer; state: string } {
  const [version, salt = "", ...probe] = state.split(":");
  const key = derive(passphrase, salt);
  if (version !== "v1" || open(probe.join(":"), key) !== PROBE) {
    throw new EngineError(
      "incorrect passphrase: set PULUMI_CONFIG_PASSPHRASE to the one that the state was written with",
    );
  }
  return { key, state };
}

/** A random key that is kept beside the state. */
export function keyCrypter(key: Buffer): Crypter {
  const fingerprint = createHash("sha256").update(key).digest("hex").slice(0, 16);
  return {
    provider: () => ({ type: REHEARSAL_KEY, state: { fingerprint } }),
    encrypt: (text) => seal(text, key),
    decrypt: (ciphertext) => open(ciphertext, key) ?? unreadable(),
  };
}

/** A new random key. */
export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

function unreadable(): never {
  throw new EngineError("a secret of the state cannot be decrypted: it was written with another key");
}
