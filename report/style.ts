import { markup } from "./markup";

/** Hatchings, so that areas differ without color. */
export const PATTERNS = markup`<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>
<pattern id="hatch-blue" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch blue" x1="0" y1="0" x2="0" y2="7"/></pattern>
<pattern id="hatch-green" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><line class="hatch green" x1="0" y1="0" x2="0" y2="7"/></pattern>
<pattern id="hatch-hold" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch held" x1="0" y1="0" x2="0" y2="9"/></pattern>
</defs></svg>`;

/**
 * What the report has beyond the evidence report's style. Text keeps a contrast of 4.5:1, lines and areas one of 3:1, on both
 * grounds. On paper everything that can be opened is open, and no figure is cut.
 */
export const REPORT_STYLE = `
:root { --blue: #1f5fc4; --green: #1a7f37; --held: #9a6700; --odd: #f3f5f8; --grid: #d8dee4; --inside: #fff; --tile: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --blue: #6cb0ff; --green: #4ac26b; --held: #d29922; --odd: #141a21; --grid: #2b333c; --inside: #0d1117; --tile: #161b22; } }
html { scroll-behavior: smooth; } @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { max-width: 76rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; } .skip:focus { position: static; }
.patterns { position: absolute; }
.eyebrow { margin: 0 0 .3rem; color: var(--soft); letter-spacing: .08em; text-transform: uppercase; font-size: .8rem; }
h1 { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; overflow-wrap: anywhere; }
.standing { padding: .15rem .7rem; border: 2px solid currentColor; border-radius: 2rem; font-size: 1.1rem; white-space: nowrap; }
.passed { color: var(--passed); } .waived { color: var(--waived); } .open { color: var(--open); }
.lead { max-width: 60rem; font-size: 1.2rem; overflow-wrap: anywhere; }
.banner { max-width: none; padding: .6rem .9rem; border-left: 4px solid var(--held); background: var(--tile); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .6rem; margin: 1.2rem 0; }
.tiles div { padding: .6rem .8rem; border-radius: .4rem; background: var(--tile); }
.tiles dt { color: var(--soft); font-size: .8rem; } .tiles time { white-space: normal; } .tiles dd { margin: 0; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 0; padding: 0; list-style: none; }
caption { padding: .4rem 0; text-align: left; color: var(--soft); font-size: .9rem; }
.scroll { overflow-x: auto; } th, td { overflow-wrap: break-word; } th { min-width: 4rem; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: .85em ui-monospace, SFMono-Regular, Consolas, monospace; }
section > pre { padding: .7rem .9rem; background: var(--tile); }
figure { margin: 1.8rem 0 0; } figcaption h3 { margin: 0; } figcaption .note { margin: .1rem 0 .3rem; max-width: none; }
h4 { margin: 1rem 0 .3rem; font-size: .95rem; }
.stage { margin: .5rem 0; border: 1px solid var(--line); border-radius: .4rem; } .stage > details > summary { padding: .55rem .9rem; }
.stage > details > :not(summary) { margin-left: .9rem; margin-right: .9rem; } .stage h3 { display: inline; margin: 0; font-size: 1rem; }
.stage details > :last-child { margin-bottom: .7rem; } .stage figure { margin-top: 1rem; }
.urns ul { columns: 22rem; margin: 0; } .urns p { margin: .2rem 0; max-width: none; }
.when { display: block; width: 9rem; height: .7rem; margin-top: .45rem; } .when .track { fill: var(--grid); } .when .run { fill: var(--text); } .when .wait { fill: var(--soft); opacity: .6; }
figure svg { display: block; width: 100%; min-width: 44rem; height: auto; }
svg text { fill: var(--text); font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
svg .row-name { font-weight: 600; } svg .tick, svg .axis text, svg .side { fill: var(--soft); font-size: 11px; } svg .figure { fill: var(--soft); }
svg .strong { fill: var(--text); font-weight: 600; } svg .band-name { fill: var(--soft); font-size: 11px; }
.band { stroke: var(--line); stroke-width: .5; } .band.even { fill: none; } .band.odd { fill: var(--odd); }
.grid { stroke: var(--grid); stroke-width: .6; } .base { stroke: var(--soft); stroke-width: .8; } .limit { stroke: var(--violated); stroke-width: 1.4; stroke-dasharray: 1.5 4; stroke-linecap: round; }
.line { fill: none; stroke-width: 1.6; stroke-linejoin: round; } .line.baseline { stroke-dasharray: 5 3; stroke-width: 1.2; }
.line.blue, .edge.blue, .whisker.blue, .hatch.blue { stroke: var(--blue); } .line.green, .edge.green, .whisker.green, .hatch.green { stroke: var(--green); }
.dot.blue, .color.blue, .peak.blue { fill: var(--blue); } .dot.green, .color.green, .peak.green { fill: var(--green); }
.color.pale { fill-opacity: .07; } .color.mild { fill-opacity: .3; }  .edge { fill: none; stroke-width: 1.6; }
.hatch { stroke-width: 1.5; opacity: .45; } .hatch.held { stroke: var(--held); stroke-width: 4; opacity: .3; } .hold { stroke: var(--held); stroke-width: .6; }
.peak { stroke: var(--ground); stroke-width: 1.2; } .whisker { stroke-width: 1.4; } .median { stroke: var(--text); stroke-width: 2.2; }
svg .share { font-weight: 600; } svg .share.inside { fill: var(--inside); }
.mark line { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 2; } .mark.rollback line, .mark.failed line { stroke: var(--violated); stroke-dasharray: none; stroke-width: 1.4; }
svg .mark text { font-size: 13px; font-weight: 700; } svg .mark.rollback text, svg .mark.failed text { fill: var(--violated); } svg .mark.hold text, svg .mark.warn text, svg .mark.step-back text { fill: var(--waived); }
svg .mark.back text, svg .mark.done text { fill: var(--passed); }
@media print {
  :root { --blue: #14489b; --green: #11602a; --held: #6b4800; --odd: #f4f4f4; --grid: #ccc; --inside: #fff; --tile: #f4f4f4; }
  details::details-content { content-visibility: visible; block-size: auto; opacity: 1; }
  details ul { display: block; } nav, .skip { display: none; } .scroll { overflow: visible; } figure svg { min-width: 0; }
  figure, .tiles, .mark, h4 { break-inside: avoid; } figcaption, h4, caption, summary { break-after: avoid; }
  .stage { border: 0; border-top: 1px solid var(--line); border-radius: 0; } .stage > details > * { margin-left: 0; padding-left: 0; }
  .urns ul { columns: 3; font-size: 6.5pt; } table { font-size: 7.5pt; } th, td { padding: 1.2mm 1.6mm; } h1 { font-size: 18pt; } .lead { font-size: 12pt; }
  html { font-size: 9pt; } .when { width: 6rem; } .urns p { font-size: 7pt; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;
