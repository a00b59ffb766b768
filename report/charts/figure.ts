import { details } from "../table";
import { markup, type Markup, type Piece } from "../markup";

/** All drawings are as wide as this, in units of their own; the page scales them. */
export const WIDTH = 1000;

/** A drawing with all that stands for it where it cannot be seen. */
export interface Drawing {
  /** Unique in the page. */
  id: string;
  title: string;
  /** What it shows, in sentences: for who cannot see it. */
  description: string;
  height: number;
  body: Piece;
  /** Notes below it: what signs mean. */
  note?: Piece;
  /** The figures that it is drawn from. */
  table: Piece;
}

/** A figure: heading, drawing, notes, and its figures as a table to open. */
export function figure({ id, title, description, height, body, note, table }: Drawing): Markup {
  return markup`<figure id="${id}" aria-labelledby="${id}-heading">
<figcaption><h3 id="${id}-heading">${title}</h3>${note === undefined ? "" : markup`<p class="note">${note}</p>`}</figcaption>
<div class="scroll" role="group" aria-labelledby="${id}-heading" tabindex="0">
<svg viewBox="0 0 ${WIDTH} ${Math.ceil(height)}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>
${body}
</svg></div>
${details("The figures of this chart as a table", table)}
</figure>
`;
}
