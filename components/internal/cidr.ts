/** An IPv4 range as numbers. Pure. */
export interface Range {
  /** The address as written. */
  base: number;
  /** First address of the range. */
  first: number;
  /** Last address of the range. */
  last: number;
  /** Length of the prefix, 0 to 32. */
  prefix: number;
}

/**
 * Parses an IPv4 range in CIDR notation.
 *
 * @throws RangeError when the text is not one.
 */
export function parseRange(text: string): Range {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const octets = match?.slice(1, 5).map(Number);
  const prefix = Number(match?.[5]);
  if (octets === undefined || octets.some((octet) => octet > 255) || prefix > 32) {
    throw new RangeError(`an IPv4 range such as 10.20.0.0/16 is needed, got ${text}`);
  }
  const base = octets.reduce((address, octet) => address * 256 + octet, 0);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(base / size) * size;
  return { base, first, last: first + size - 1, prefix };
}

/** Whether two ranges share an address. */
export function rangesOverlap(a: Range, b: Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}
