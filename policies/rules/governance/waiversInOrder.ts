import { gdpr, iso27001, soc2 } from "../../frameworks";
import { isExpired } from "../../waivers";
import type { ResourceRule } from "../../rule";
import { STACK } from "../support/types";

export const waiversInOrder: ResourceRule = {
  id: "waivers-in-order",
  title: "Every waiver is in force",
  area: "governance",
  severity: "high",
  frameworks: [soc2("CC5.2"), gdpr("24"), gdpr("5(2)"), iso27001("A.8.9")],
  why: "An exception that nobody looks at again becomes the rule.",
  fix: "Mend what was waived and remove the waiver, or decide anew and write a new expiry.",
  scope: "resource",
  types: [STACK],
  settings: ["waivers"],
  applies: (_stack, { settings }) => settings.waivers.length > 0,
  check(_stack, { report, settings, today }) {
    for (const waiver of settings.waivers) {
      if (isExpired(waiver, today)) {
        report(`the waiver of ${waiver.rule} by ${waiver.who} expired on ${waiver.expires}`);
      }
    }
  },
};
