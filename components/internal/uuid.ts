import { createHash } from "node:crypto";

/** The namespace of the deployment's names: an arbitrary UUID, fixed for life, because every name comes from it. */
const NAMESPACE = "7d0c9b0e-6f0a-5c53-9d5e-3d1a0a7c2f41";

/**
 * A UUID of version 5: the same text gives the same UUID on every machine and in every run.
 *
 * @param text - What is named.
 * @param namespace - The UUID inside which the text is a name.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5
 */
export function uuidV5(text: string, namespace: string = NAMESPACE): string {
  const bytes = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(text, "utf8")
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
