import { DAYS, type WindowConfig } from "../../stacks/config/rollout/timing";

/** Whether a window is open at a moment, and if not, why. */
export function closedBecause(window: WindowConfig, at: number): string | undefined {
  const { date, day, time } = local(window.zone, at);
  const blackout = window.blackouts.find(({ from, to }) => from <= date && date <= to);
  if (blackout !== undefined) {
    return `nothing is shifted from ${blackout.from} to ${blackout.to}: ${blackout.why}`;
  }
  const overnight = window.to <= window.from;
  const today = window.days.includes(day);
  const yesterday = window.days.includes(DAYS[(DAYS.indexOf(day) + 6) % 7]!);
  const open = overnight
    ? (today && time >= window.from) || (yesterday && time < window.to)
    : today && time >= window.from && time < window.to;
  return open
    ? undefined
    : `the window is ${window.from} to ${window.to}, ${window.zone}, on ${window.days.join(", ")}`;
}

/** Minutes from the opening of a window to a time of day, hh:mm: what comes first in it is smallest. */
export function minutesIn({ from }: Pick<WindowConfig, "from">, time: string): number {
  const minutes = (text: string) => 60 * Number(text.slice(0, 2)) + Number(text.slice(3));
  return (minutes(time) - minutes(from) + 1440) % 1440;
}

/** Minutes from the opening of a window to a moment, as clocks there show them; undefined while it is closed. */
export function minutesSinceOpening(window: WindowConfig, at: number): number | undefined {
  return closedBecause(window, at) === undefined ? minutesIn(window, local(window.zone, at).time) : undefined;
}

/** Date, day and time of a moment in a time zone, as people there read them. */
function local(zone: string, at: number): { date: string; day: (typeof DAYS)[number]; time: string } {
  const parts = formatOf(zone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)!.value;
  return {
    date: `${part("year")}-${part("month")}-${part("day")}`,
    day: part("weekday").toLowerCase().slice(0, 3) as (typeof DAYS)[number],
    time: `${part("hour")}:${part("minute")}`,
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times what using it does, and each sample of a rollout of days asks. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
    });
  formats.set(zone, format);
  return format;
}
