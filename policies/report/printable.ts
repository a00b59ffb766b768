/** Control characters (C0, DEL and C1), and those that turn the direction of text or end its line. */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * A foreign text as a terminal may have it: without what moves its cursor, changes its colors or turns its text around.
 * Nothing else of it is changed.
 */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, "");
}
