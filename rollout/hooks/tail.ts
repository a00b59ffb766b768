import { stripVTControlCharacters } from "node:util";
import { withoutSecrets } from "./secrets";

/** How much of a hook's output is kept, characters: the end, where errors stand. */
export const KEPT = 16 * 1024;

/** What is left of a character outside the basic plane, such as an emoji, when a text is cut in it. */
const HALF_CHARACTER = /^[\uDC00-\uDFFF]/;

/** The end of an output, without the secrets in it. Secrets are replaced as it comes: cut off first, half a secret would stay. */
export class Tail {
  private kept = "";
  private pending = "";
  private cut = false;
  private readonly longest: number;

  /** @param secrets - Longest first. */
  constructor(private readonly secrets: readonly string[]) {
    this.longest = secrets[0]?.length ?? 0;
  }

  write(text: string): void {
    this.pending = withoutSecrets(this.pending + text, this.secrets);
    // A secret may have come in part: what could be its beginning waits for the rest.
    const safe = Math.max(0, this.pending.length - Math.max(0, this.longest - 1));
    this.keep(this.pending.slice(0, safe));
    this.pending = this.pending.slice(safe);
  }

  /** What is kept, as plain text: colors and other control sequences are left out. */
  text(): string {
    this.keep(this.pending);
    this.pending = "";
    const text = withoutSecrets(stripVTControlCharacters(this.kept), this.secrets);
    return this.cut ? `…${text.replace(HALF_CHARACTER, "")}` : text;
  }

  private keep(text: string): void {
    const all = this.kept + text;
    this.cut ||= all.length > KEPT;
    this.kept = all.slice(-KEPT);
  }
}
