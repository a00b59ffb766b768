import type { JournalRecord } from "../rollout/core/records";
import { PAGE_STYLE } from "../policies/report/style";
import { historyOf } from "./history";
import { Markup, markup } from "./markup";
import { STANDINGS, standingOf } from "./outcome";
import { chartsSection } from "./sections/charts";
import { costSection } from "./sections/cost";
import { headerSection } from "./sections/header";
import { journalSection } from "./sections/journal";
import { judgeSection } from "./sections/judge";
import { hooksSection, notificationsSection, peopleSection } from "./sections/people";
import { evidenceSection, overviewSection } from "./sections/stages";
import { triggersSection } from "./sections/triggers";
import { PATTERNS, REPORT_STYLE } from "./style";

/** What records do not say. */
export interface ReportOptions {
  /** Units of metrics, by name. @default - figures stand without one */
  units?: Readonly<Record<string, string>>;
  /** USD an hour, for one color and for both, and what that rests on. @default - nothing is said of cost */
  cost?: { steady: number; both: number; basis: string };
  /** What a reader must know first, such as that it was a rehearsal. */
  note?: string;
}

/**
 * The report of a rollout: one page of HTML that needs nothing else, for people who want to see what happened, and for those who
 * must be shown. It holds no script and refuses to load anything. The same records give the same page. Pure.
 *
 * @param id - The rollout's.
 * @param records - All of them, from the first; the journal has checked them.
 * @throws Error when they do not begin with the rollout's plan.
 */
export function reportHtml(id: string, records: readonly JournalRecord[], options: ReportOptions = {}): string {
  const history = historyOf(id, records);
  const { plan } = history.state;
  const sections = [
    overviewSection(history),
    chartsSection(history, options),
    evidenceSection(history, options),
    triggersSection(history, options),
    judgeSection(history, options),
    hooksSection(history),
    peopleSection(history),
    notificationsSection(history),
    costSection(history, options),
    journalSection(history),
  ];
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${plan.release} on ${plan.stack}: ${STANDINGS[standingOf(history)].word}</title>
<style>${new Markup(PAGE_STYLE + REPORT_STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
${PATTERNS}
${headerSection(history, options)}
${contents(sections)}
<main id="main">
${sections.map((section) => markup`${section}\n`)}</main>
</body>
</html>
`.text;
}

/** The sections that the page has, by their headings. */
function contents(sections: readonly Markup[]): Markup {
  const headings = sections.flatMap(({ text }) => [...text.matchAll(/<h2 id="([\w-]+)">([^<]*)<\/h2>/g)]);
  return markup`<nav aria-label="Contents"><ul>${headings.map(([, id, title]) => markup`<li><a href="#${id}">${new Markup(title!)}</a></li>`)}</ul></nav>`;
}
