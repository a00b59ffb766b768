import type { Cost, CostLine, NotPriced, Rate } from "../cost/cost";
import type { CostInputs } from "../cost/inputs";
import { PARTS } from "../cost/meter";
import { MONTH_HOURS, type PriceTable } from "../cost/priceTable";
import { bold, dim, green, red, yellow } from "./paint";

/** What `cutover cost --json` prints: USD an hour; the parts and regions are those of the steady state. */
export function costJson({ hourly, perRegion, perPart, perStudentDay, notPriced }: Cost) {
  const steady = (rates: Readonly<Record<string, Rate>>) =>
    Object.fromEntries(Object.entries(rates).map(([key, rate]) => [key, rate.steady]));
  return {
    hourly: hourly.steady,
    perRegion: steady(perRegion),
    perPart: steady(perPart),
    bothColors: hourly.both,
    perStudentDay: perStudentDay.steady,
    notPriced,
  };
}

export interface CostTextArgs {
  stack: string;
  cost: Cost;
  inputs: CostInputs;
  prices: PriceTable;
  /** The fewest students with which the budget holds; undefined when no number is enough. */
  enough: number | undefined;
  /** USD an hour of what does not grow with students. */
  fixed: number;
}

/** The report for a terminal, 80 columns at most. */
export function costText({ stack, cost, inputs, prices, enough, fixed }: CostTextArgs): string {
  const parts = PARTS.filter((part) => cost.perPart[part] !== undefined);
  const sections = [
    `${bold(`Cost of ${stack}`)} ${dim(`list prices of ${prices.date}, USD per hour`)}`,
    table("part", [...parts.map((part) => [part, cost.perPart[part]!] as const), ["total", cost.hourly]]),
    table("region", Object.entries(cost.perRegion)),
    perStudent(cost, inputs, enough, fixed),
    ...(cost.shortages.length === 0
      ? []
      : [`${yellow("too many students")} ${dim("for what there may be at the most")}\n${bullets(cost.shortages)}`]),
    estimates(cost),
    `${bold("not priced, or not wholly")}\n${bullets(cost.notPriced.length === 0 ? ["nothing"] : reasons(cost.notPriced))}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function table(title: string, rows: readonly (readonly [string, Rate])[]): string {
  const lines = rows.map(([name, rate]) => {
    const line = row(name, money(rate.steady), money(rate.both), money(rate.steady * MONTH_HOURS, 0));
    return name === "total" ? bold(line) : line;
  });
  return [dim(row(title, "steady", "both colors", "steady/month")), ...lines].join("\n");
}

function row(name: string, steady: string, both: string, month: string): string {
  return `  ${name.padEnd(20)}${steady.padStart(12)}${both.padStart(14)}${month.padStart(16)}`;
}

function money(usd: number, digits = 2): string {
  return usd.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function perStudent(
  { perStudentDay: { steady, both } }: Cost,
  { students, budgetStudentDay }: CostInputs,
  enough: number | undefined,
  fixed: number,
): string {
  const verdict = (usd: number) => (usd <= budgetStudentDay ? green("within") : red("above"));
  const line = (what: string, usd: number) =>
    `  ${what.padEnd(20)}${money(usd, 4).padStart(12)}   ${verdict(usd)} the budget of ${budgetStudentDay}`;
  return [
    `${bold("per student and day")} ${dim(`with ${money(students, 0)} students`)}`,
    line("steady", steady),
    line("both colors", both),
    enough === undefined
      ? "  no number of students is enough: what one uses costs more than the budget"
      : `  ${money(fixed)} an hour do not grow with students: the budget holds from ${money(enough, 0)} on`,
  ].join("\n");
}

function estimates({ hourly, lines }: Cost): string {
  const estimated = lines.filter(({ estimate }) => estimate !== undefined);
  const share = hourly.steady === 0 ? 0 : sum(estimated) / hourly.steady;
  const reasons = new Map<string, CostLine[]>();
  for (const line of estimated) {
    reasons.set(line.estimate!, [...(reasons.get(line.estimate!) ?? []), line]);
  }
  const largest = [...reasons].sort(([, one], [, other]) => sum(other) - sum(one));
  return [
    `${bold("estimated prices")} ${dim(`${Math.round(share * 100)} % of the cost; the others have a source (cost/prices.json)`)}`,
    bullets(largest.map(([why, all]) => `${money(sum(all))} an hour: ${why}`)),
  ].join("\n");
}

function sum(lines: readonly CostLine[]): number {
  return lines.reduce((total, { steady }) => total + steady, 0);
}

/** One line for each reason. */
function reasons(notPriced: readonly NotPriced[]): string[] {
  const byReason = new Map<string, NotPriced[]>();
  for (const entry of notPriced) {
    byReason.set(entry.why, [...(byReason.get(entry.why) ?? []), entry]);
  }
  return [...byReason].map(([why, entries]) => {
    const types = entries.map(({ type, count }) => `${count} ${type.slice(type.lastIndexOf(":") + 1)}`);
    return `${types.join(", ")}: ${why}`;
  });
}

/** Lines that a terminal of 80 columns does not break. */
function bullets(texts: readonly string[]): string {
  return texts
    .map((text) => wrapped(text).join("\n    "))
    .map((text) => `  - ${text}`)
    .join("\n");
}

function wrapped(text: string, width = 76): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
