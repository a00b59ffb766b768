/** Names of environment variables that hold secrets by custom, as CI systems guess them, too. */
const SECRET_NAME = /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|WEBHOOK|(^|_)(API)?KEYS?(_|$)|(^|_)AUTH(_|$)/i;

/** A URL with a password in it. */
const SECRET_URL = /^[a-z][a-z0-9+.-]*:\/\/[^/\s]*:[^/\s]+@/i;

/** Shorter values are words: to replace them would make a text unreadable and hide nothing. */
const SHORTEST = 6;

/** Shorter lines of a secret of several lines (a key file) are not replaced on their own. */
const SHORTEST_LINE = 16;

/**
 * The secrets in an environment, longest first: values of variables whose names say so, URLs with a password, and those named.
 *
 * @param names - Variables that config says to hold a secret.
 */
export function secretsIn(environment: NodeJS.ProcessEnv, names: readonly string[]): string[] {
  const values = Object.entries(environment)
    .filter(([name, value]) => names.includes(name) || SECRET_NAME.test(name) || SECRET_URL.test(value ?? ""))
    .map(([, value]) => (value ?? "").trim())
    .filter(({ length }) => length >= SHORTEST);
  const lines = values.flatMap((value) => value.split(/\r?\n/).filter(({ length }) => length >= SHORTEST_LINE));
  const forms = [...values, ...lines].flatMap((value) => [value, encodeURIComponent(value)]);
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
}

/** A text with `[secret]` for each secret in it. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
}
