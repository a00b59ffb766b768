import type { Context } from "../context";

/** How long an invented secret is. */
const LENGTH = 32;

/** What the program's secret function answers: a JSON text of letters and digits, which are nobody's secret. */
export function inventedSecret(context: Context): string {
  return JSON.stringify(context.fill(`{Alnum:${LENGTH}}`, "result"));
}
