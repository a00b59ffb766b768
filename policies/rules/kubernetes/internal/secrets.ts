import { looksSecret } from "../../support/secrets";

/**
 * Whether a setting holds a secret in clear. A guess: by its name, by the form of well-known credentials, or because it
 * looks drawn at random. Hexadecimal text counts only by its name, since digests and identifiers look the same.
 */
export function holdsSecret(name: string, value: string): boolean {
  return looksSecret(name, value) || EMBEDDED.some((form) => form.test(value)) || looksRandom(value);
}

/** Credentials that stand inside of other text: an address with a password, an Azure connection string. */
const EMBEDDED = [/:\/\/[^/\s:@]*:[^/\s:@]+@/, /\b(AccountKey|SharedAccessKey|sig)=[A-Za-z0-9+/%]{20}/];

/** The least length that says anything about chance: shorter names of things reach the same entropy. */
const RANDOM_LENGTH = 24;
/** Bits for each character: words and names of resources stay below 4, base64 of random bytes is mostly above. */
const RANDOM_ENTROPY = 4;

function looksRandom(value: string): boolean {
  return (
    value.length >= RANDOM_LENGTH &&
    /^[\w+/=-]+$/.test(value) &&
    [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(value)) &&
    entropy(value) >= RANDOM_ENTROPY
  );
}

/** Shannon's entropy in bits for each character. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, count) => sum - (count / value.length) * Math.log2(count / value.length), 0);
}
