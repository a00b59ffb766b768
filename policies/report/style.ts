/** A text as it may stand in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** The style of the evidence report: contrasts of 4.5:1 or more on both grounds; on paper A4, black on white. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #fff; --text: #1a1f24; --soft: #57606a; --line: #d0d7de; --band: #f6f8fa;
  --passed: #116329; --violated: #b3000f; --waived: #7d4e00; --open: #0a4f9e; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --text: #e6edf3; --soft: #9da7b3; --line: #30363d;
  --band: #161b22; --passed: #56d364; --violated: #ff8e87; --waived: #e3b341; --open: #79c0ff; --link: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 2rem 1.5rem 4rem; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .5rem; padding-top: .5rem; border-top: 2px solid var(--line); font-size: 1.4rem; }
h3 { margin: 1.6rem 0 .4rem; font-size: 1.05rem; }
p { max-width: 46rem; } .note, .title, .id { color: var(--soft); font-weight: normal; } .note { font-size: .9rem; }
.id { font-size: .8rem; white-space: nowrap; } a { color: var(--link); }
code { font: .85em ui-monospace, SFMono-Regular, Consolas, monospace; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: normal; }
thead th { background: var(--band); color: var(--soft); font-size: .8rem; }
.rules th:first-child, .rules td:first-child { width: 9rem; } .rules td:last-child, .rules th:last-child { width: 30%; }
th.number, .number { text-align: right; font-variant-numeric: tabular-nums; }
.badge { white-space: nowrap; font-weight: 600; } strong.passed, .badge.passed { color: var(--passed); }
.violated { color: var(--violated); font-weight: 600; } .waived { color: var(--waived); font-weight: 600; }
.badge.undetermined { color: var(--open); } .badge.notApplicable, .badge.notEvaluable { color: var(--soft); font-weight: normal; }
summary { cursor: pointer; } time { white-space: nowrap; } details ul { margin: .4rem 0; padding-left: 1.2rem; font-size: .85rem; }
article h3 { font-weight: 600; }
@media print {
  :root { --ground: #fff; --text: #000; --soft: #444; --line: #bbb; --band: #f2f2f2; --passed: #0b4d1e; --violated: #8f000c;
    --waived: #5f3b00; --open: #083d7a; --link: #000; }
  @page { size: A4; margin: 16mm; }
  body { max-width: none; padding: 0; font-size: 10pt; } table { font-size: 8.5pt; } details ul { display: none; }
  .framework, .annex { break-before: page; } tr, article, h2, h3 { break-inside: avoid; } h2, h3 { break-after: avoid; }
  thead { display: table-header-group; } summary { list-style: none; }
}
`;
