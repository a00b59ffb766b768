import { z } from "zod";
import { count, label } from "../fields";

/** When a plan may act, when each of its stages is to begin, and the maintenance page that it may need. */

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "hh:mm");
const zone = z.string().refine(isTimeZone, "a time zone such as Europe/London");

export const windowSchema = z
  .strictObject({
    zone: zone.describe("Time zone of the hours."),
    from: clockTime.describe("When it opens, hh:mm."),
    to: clockTime.describe("When it closes, hh:mm; earlier than `from` means the next day."),
    days: z
      .array(z.enum(DAYS))
      .min(1)
      .default([...DAYS])
      .describe("Days on which it opens."),
    blackouts: z
      .array(z.strictObject({ from: z.iso.date(), to: z.iso.date(), why: z.string().min(1) }))
      .default([])
      .describe("Days, first and last included, on which nothing is shifted: exams, the start of term."),
    atEnd: z
      .enum(["hold", "rollback", "finish"])
      .default("hold")
      .describe(
        "What happens to a rollout that is still shifting when the window closes, or whose maintenance page is still on.",
      ),
  })
  .describe("When stages may be applied. Watching and rolling back go on outside of it.");

export const timetableSchema = z
  .record(label(), clockTime)
  .default({})
  .describe(
    "When stages are planned to begin, hh:mm in the zone of `window`, by the stage's name. None begins sooner; one that has not begun a minute later is late, " +
      "which the channels are told, once, and which ends nothing: that is what the window's `atEnd` does.",
  );

export const maintenanceSchema = z
  .strictObject({
    syntheticPerMinute: count(1).describe(
      "Requests in a minute, of all regions together, that a load generator sends through the weights while the page is on: what the gates then look at. " +
        "Each carries the header `x-cutover-color: weighted`. Hooks of `maintenance-on` and `maintenance-off` start and end it.",
    ),
  })
  .describe(
    "The whole change happens behind the maintenance page: backup, page on, migration, deployment, smoke tests, steps, validation, page off. " +
      "Metrics that are about users (`users: true`) say nothing meanwhile: triggers on them are suspended, gates on them belong into `watch`.",
  );

export type WindowConfig = z.infer<typeof windowSchema>;
export type MaintenanceConfig = z.infer<typeof maintenanceSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
