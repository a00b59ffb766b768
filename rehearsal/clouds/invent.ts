import { createHash } from "node:crypto";

const ALPHABETS = {
  hex: "0123456789abcdef",
  HEX: "0123456789ABCDEF",
  digits: "0123456789",
  alnum: "abcdefghijklmnopqrstuvwxyz0123456789",
  ALNUM: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
  Alnum: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
} as const;

/** The alphabets that invented identifiers are written in. */
export type Alphabet = keyof typeof ALPHABETS;

export function isAlphabet(name: string): name is Alphabet {
  return Object.hasOwn(ALPHABETS, name);
}

/** Characters that look random and are the same for the same seed, on every machine. */
export function invent(alphabet: Alphabet, length: number, seed: string): string {
  const letters = ALPHABETS[alphabet];
  let text = "";
  for (let block = 0; text.length < length; block++) {
    for (const byte of createHash("sha256").update(`${block}\0${seed}`).digest()) {
      text += letters[byte % letters.length];
    }
  }
  return text.slice(0, length);
}

/** A version 4 UUID for a seed. */
export function inventUuid(seed: string): string {
  const hex = invent("hex", 32, seed);
  const variant = "89ab"[parseInt(hex[16]!, 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}

/** A public-looking IPv4 address that is nobody's: from the range that is set aside for benchmarks (RFC 2544). */
export function inventAddress(seed: string): string {
  const bytes = createHash("sha256").update(seed).digest();
  return `198.${18 + (bytes[0]! % 2)}.${bytes[1]}.${1 + (bytes[2]! % 254)}`;
}

/** The moment at which everything in the stand-in clouds was made: a rehearsal has no clock of its own. */
export const INVENTED_TIME = "2026-01-01T00:00:00Z";
