import { Markup } from "../report/markup";

/** Colors and lines of the drawing, light and dark; colors differ by fill and name, links by their dashes. */
export const GRAPH_STYLE = new Markup(`
svg { --ground: #fff; --text: #1a1f24; --soft: #57606a; --line: #c4ccd4; --area: #f3f5f8; --box: #fff; --blue: #1f5fc4; --green: #1a7f37; --track: #d8dee4; }
@media (prefers-color-scheme: dark) { svg { --ground: #0d1117; --text: #e6edf3; --soft: #9da7b3; --line: #3d4650; --area: #151b23; --box: #0d1117; --blue: #6cb0ff; --green: #4ac26b; --track: #2b333c; } }
text { fill: var(--text); font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.ground { fill: var(--ground); } .heading { font-size: 22px; font-weight: 700; } .soft { fill: var(--soft); } .strong { fill: var(--text); font-weight: 600; }
.area { font-size: 17px; font-weight: 700; } .name { font-size: 14px; font-weight: 600; } .layer { font-weight: 600; }
.jurisdiction { fill: var(--area); stroke: var(--line); } .region { fill: var(--box); stroke: var(--line); } .region.standby { stroke-dasharray: 6 4; }
.edge { fill: var(--area); stroke: var(--text); stroke-width: 1.4; } .edge.assets { stroke: var(--line); } .way { fill: none; stroke: var(--text); stroke-width: 1.4; } .head { fill: var(--text); }
.track { fill: var(--track); } .share { fill: var(--text); }
.color.blue { fill: var(--blue); } .color.green { fill: var(--green); } .color.pale { fill-opacity: .2; }
.hatch { stroke-width: 1.8; } .hatch.blue { stroke: var(--blue); } .hatch.green { stroke: var(--green); }
.box { fill: none; stroke-width: 1.2; } .box.blue { stroke: var(--blue); } .box.green { stroke: var(--green); } .box.active { stroke-width: 2.4; } .box.active.blue { fill: var(--blue); fill-opacity: .12; } .box.active.green { fill: var(--green); fill-opacity: .12; } .box.off { stroke-dasharray: 4 3; }
.name.blue { fill: var(--blue); } .name.green { fill: var(--green); }
.link { fill: none; stroke: var(--text); stroke-width: 1.6; } .link.records { stroke-dasharray: 6 4; } .link.failover { stroke-dasharray: 1.5 4; stroke-linecap: round; stroke-width: 2; }
`);
