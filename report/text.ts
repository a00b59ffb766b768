import { figure } from "../rollout/judge/text";
import { markup, type Markup, type Piece } from "./markup";

/** A moment, to the second and in UTC: `2027-01-12 15:36:51`. */
export function momentText(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}

/** A moment as an element. With `short`, the time of day alone. */
export function moment(at: number, short = false): Markup {
  const text = momentText(at);
  return markup`<time datetime="${new Date(at).toISOString()}">${short ? text.slice(11) : text}</time>`;
}

/** A value with its unit, where that is known. */
export function valueText(value: number | undefined, unit?: string): string {
  return value === undefined ? "–" : `${figure(value)}${unit === undefined ? "" : ` ${unit}`}`;
}

/** `1 stage`, `2,000 stages`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** `one`, `one and two`, `one, two and three`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** Pieces one after the other, with something between. */
export function joined(pieces: readonly Piece[], between: Piece): Piece[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [between, piece]));
}

/** A text as part of an `id`. */
export function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
