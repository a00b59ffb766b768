/** Ranges that mean everybody. */
export const EVERYBODY: readonly string[] = ["0.0.0.0/0", "::/0"];

/** Whether an IPv4 range is a part of the private ones (RFC 1918), and no more than a network (/16). */
export function isPrivateNetwork(range: string): boolean {
  const [address = "", bits = "32"] = range.split("/");
  const [first, second] = address.split(".").map(Number);
  const isPrivate =
    first === 10 || (first === 192 && second === 168) || (first === 172 && second! >= 16 && second! <= 31);
  return isPrivate && Number(bits) >= 16;
}
