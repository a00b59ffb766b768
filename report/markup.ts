import { escapeHtml } from "../policies/report/style";

/** HTML or SVG that is safe to embed: only {@link markup} makes it. */
export class Markup {
  public constructor(public readonly text: string) {}
}

/** What a template may hold: text is escaped, lists are joined, and what is not there is left out. */
export type Piece = Markup | string | number | undefined | readonly Piece[];

/**
 * A template of HTML or SVG: every value in it is escaped unless it is markup itself. So no release name, reason or output of a
 * hook can become part of the page, wherever it stands; values in attributes stand in double quotes.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return new Markup(strings.map((text, index) => (index === 0 ? text : render(values[index - 1]) + text)).join(""));
}

function render(piece: Piece): string {
  if (piece instanceof Markup) {
    return piece.text;
  }
  if (typeof piece === "object") {
    return piece.map(render).join("");
  }
  return piece === undefined ? "" : escapeHtml(String(piece));
}
