import { hash } from "node:crypto";

/**
 * JSON in one way only, as RFC 8785 has it: keys sorted by UTF-16 code units, no spaces, nothing undefined. So that a
 * hash over it can be computed again from the value, by anybody.
 *
 * @throws TypeError for what is no JSON. NaN must not turn into null: that would alter evidence.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const object = value as Record<string, unknown>;
    const members: string[] = [];
    for (const key of Object.keys(object).sort()) {
      if (object[key] !== undefined) {
        members.push(`${JSON.stringify(key)}:${canonicalJson(object[key])}`);
      }
    }
    return `{${members.join(",")}}`;
  }
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) {
    return JSON.stringify(value);
  }
  throw new TypeError(`${typeof value === "number" ? value : `a ${typeof value}`} is no JSON`);
}

/** SHA-256, hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return hash("sha256", data);
}
