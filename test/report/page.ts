import assert from "node:assert/strict";
import { defaultTreeAdapter as tree, parse, type DefaultTreeAdapterTypes } from "parse5";

export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** A page as a browser reads it, and what it has to say against it. */
export class Page {
  readonly errors: string[] = [];
  readonly elements: Element[] = [];

  constructor(html: string) {
    const document = parse(html, {
      sourceCodeLocationInfo: true,
      onParseError: ({ code, startLine, startCol }) => this.errors.push(`${code} at ${startLine}:${startCol}`),
    });
    this.walk(document);
  }

  /** The elements of these names, in the order of the page. */
  all(...names: string[]): Element[] {
    return this.elements.filter(({ tagName }) => names.includes(tagName));
  }

  byId(id: string): Element {
    const found = this.elements.filter((element) => attribute(element, "id") === id);
    assert.equal(found.length, 1, `${id} is there ${found.length} times`);
    return found[0]!;
  }

  /** The rows of the table with a caption, as texts; the first is its head. */
  table(caption: string): string[][] {
    const table = this.all("table").find((each) => within(each, "caption").some((one) => text(one).includes(caption)));
    assert.ok(table !== undefined, `no table has the caption ${caption}`);
    return within(table, "tr").map((row) => within(row, "th", "td").map(text));
  }

  private walk(node: Node): void {
    if (tree.isElementNode(node)) {
      this.elements.push(node);
    }
    if ("childNodes" in node) {
      node.childNodes.forEach((child) => this.walk(child));
    }
  }
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}

/** What an element says, without its markup. */
export function text(node: Node): string {
  if (tree.isTextNode(node)) {
    return node.value;
  }
  return "childNodes" in node ? node.childNodes.map(text).join("") : "";
}

/** The elements of these names in another, itself left out. */
export function within(element: Element, ...names: string[]): Element[] {
  return element.childNodes
    .filter(tree.isElementNode)
    .flatMap((child) => [...(names.includes(child.tagName) ? [child] : []), ...within(child, ...names)]);
}
