import type { Rule } from "./rule";
import type { Waiver } from "./settings";

/** Whether the last day of a waiver has passed. */
export function isExpired({ expires }: Waiver, today: Date): boolean {
  return today.toISOString().slice(0, 10) > expires;
}

/** Whether a waiver accepts a violation of a rule by a resource. `*` in its resource stands for any text. */
export function waives(waiver: Waiver, rule: Rule, urn: string): boolean {
  return waiver.rule === rule.id && pattern(waiver.resource).test(urn);
}

function pattern(glob: string): RegExp {
  const literal = glob.split("*").map((text) => text.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`);
}
