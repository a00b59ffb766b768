/**
 * Windows of time in UTC, as RDS and ElastiCache write them, as intervals of a week. Pure.
 */

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** An interval of the week: minutes since Monday 00:00 UTC, and a length. It may run past Sunday midnight. */
export interface Interval {
  /** First minute, 0 to 10079. */
  start: number;
  /** Length in minutes. */
  minutes: number;
}

/** Minutes since midnight of `hh:mm`. */
export function minuteOfDay(time: string): number {
  const [hours, minutes] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

/** The length in minutes of a window that may run past midnight; equal ends mean a whole turn. */
function lengthBetween(start: number, end: number, turn: number): number {
  return ((end - start + turn - 1) % turn) + 1;
}

/** The seven intervals of a daily window such as `03:00-04:00`. */
export function dailyIntervals(window: string): Interval[] {
  const [from = "", to = ""] = window.split("-");
  const start = minuteOfDay(from);
  const minutes = lengthBetween(start, minuteOfDay(to), DAY);
  return DAYS.map((_, day) => ({ start: day * DAY + start, minutes }));
}

/** The interval of a weekly window such as `sun:04:00-sun:05:00`. */
export function weeklyInterval(window: string): Interval {
  const minuteOfWeek = (text: string) =>
    DAYS.indexOf(text.slice(0, 3) as (typeof DAYS)[number]) * DAY + minuteOfDay(text.slice(4));
  const [from = "", to = ""] = window.split("-");
  const start = minuteOfWeek(from);
  return { start, minutes: lengthBetween(start, minuteOfWeek(to), WEEK) };
}

/** The interval, begun `minutes` earlier. */
export function withLead({ start, minutes }: Interval, lead: number): Interval {
  return { start: (start - lead + WEEK) % WEEK, minutes: Math.min(minutes + lead, WEEK) };
}

/** Whether two intervals of the week share a minute. Intervals that only touch do not. */
export function overlap(a: Interval, b: Interval): boolean {
  return (b.start - a.start + WEEK) % WEEK < a.minutes || (a.start - b.start + WEEK) % WEEK < b.minutes;
}
