import { markup, type Markup, type Piece } from "./markup";

/** A column: its heading, and whether it holds figures. */
export type Column = string | { title: string; number: true };

/**
 * A table with a caption. The first cell of each row is its heading. What may be wider than the page is scrolled by keyboard, too; it
 * is no landmark, because a page has dozens.
 */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Piece[])[]): Markup {
  const numbers = columns.map((column) => typeof column !== "string");
  const head = columns.map((column, index) =>
    typeof column === "string"
      ? markup`<th scope="col">${column}</th>`
      : markup`<th scope="col" class="${numbers[index] ? "number" : ""}">${column.title}</th>`,
  );
  const body = rows.map((cells) => {
    const [first, ...others] = cells;
    return markup`<tr><th scope="row">${first}</th>${others.map((cell, index) =>
      numbers[index + 1] ? markup`<td class="number">${cell}</td>` : markup`<td>${cell}</td>`,
    )}</tr>\n`;
  });
  return markup`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div>`;
}

/** What can be opened. */
export function details(summary: Piece, content: Piece, open = false): Markup {
  return open
    ? markup`<details open><summary>${summary}</summary>${content}</details>`
    : markup`<details><summary>${summary}</summary>${content}</details>`;
}
