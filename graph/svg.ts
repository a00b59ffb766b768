import { markup, type Piece } from "../report/markup";
import { describe } from "./describe";
import type { EdgeNode } from "./edge";
import { drawLinks, linkLanes } from "./links";
import { REGION, regionBox, regionHeight } from "./regionBox";
import { GRAPH_STYLE } from "./style";
import type { JurisdictionNode, Topology } from "./topology";

/** The drawing's width; what is in it keeps its size when there is less to draw. */
const WIDTH = 1200;
const MARGIN = 24;
const GAP = 18;
/** Jurisdictions in a row. */
const COLUMNS = 3;
/** Regions of a jurisdiction that have a box of their own; the rest is named in a line. */
const BOXES = 4;
const TITLE = 44;
const PADDING = 14;
/** Between two regions: what links them stands there. */
const BETWEEN = 64;
const EDGE = { top: 78, width: 340, height: 74, below: 54 } as const;

/** The topology as SVG that stands for itself: a title and a description for who cannot see it, light and dark. Pure. */
export function topologySvg(topology: Topology): string {
  const { jurisdictions, name, environment, stacks } = topology;
  const width = REGION.width + 2 * PADDING;
  const columns = Math.min(COLUMNS, Math.max(1, jurisdictions.length));
  const left = (WIDTH - columns * width - (columns - 1) * GAP) / 2;
  const rows = Array.from({ length: Math.ceil(jurisdictions.length / COLUMNS) }, (_, row) =>
    jurisdictions.slice(row * COLUMNS, (row + 1) * COLUMNS),
  );
  let top = EDGE.top + EDGE.height + EDGE.below;
  const drawn: Piece[] = [];
  rows.forEach((row, index) => {
    row.forEach((jurisdiction, column) => {
      const x = left + column * (width + GAP);
      drawn.push(
        index === 0 ? way(jurisdiction, topology.edge, x + width / 2, top) : "",
        box(jurisdiction, x, top, width),
      );
    });
    top += Math.max(...row.map(heightOf)) + GAP;
  });
  const legend = top + 14;
  const height = legend + 34;
  const total = stacks.reduce((sum, { resources }) => sum + resources, 0);
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="topology-title topology-desc">
<title id="topology-title">${name}, ${environment}: where it runs, and who is served where</title>
<desc id="topology-desc">${describe(topology)}</desc>
<style>${GRAPH_STYLE}</style>
<defs>${["blue", "green"].map((color) => markup`<pattern id="graph-${color}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(${color === "blue" ? 45 : -45})"><line class="hatch ${color}" x1="0" y1="0" x2="0" y2="7"/></pattern>`)}</defs>
<rect class="ground" width="${WIDTH}" height="${height}"/>
<text class="heading" x="${MARGIN}" y="40">${name}</text><text class="soft" x="${MARGIN}" y="60">${environment} · ${total.toLocaleString("en")} resources in ${stacks.map(({ stack, resources }) => `${stack} (${resources.toLocaleString("en")})`).join(", ")}</text>
${topology.edge.map((node, index) => edgeBox(node, index, topology.edge.length))}
${drawn}
${keys(legend)}
</svg>
`.text;
}

function edgeBox({ title, hosts, facts, kind }: EdgeNode, index: number, all: number): Piece {
  const middle = edgeMiddle(index, all);
  return markup`<g><rect class="edge ${kind}" x="${middle - EDGE.width / 2}" y="${EDGE.top}" width="${EDGE.width}" height="${EDGE.height}" rx="10"/>
<text class="name" x="${middle}" y="${EDGE.top + 24}" text-anchor="middle">${hosts.length === 0 ? title : hosts.join(", ")}</text>
<text class="soft" x="${middle}" y="${EDGE.top + 43}" text-anchor="middle">${hosts.length === 0 ? "" : title}</text>
<text class="soft" x="${middle}" y="${EDGE.top + 61}" text-anchor="middle">${facts.join(" · ")}</text></g>`;
}

function edgeMiddle(index: number, all: number): number {
  return WIDTH / 2 + (index - (all - 1) / 2) * (EDGE.width + GAP);
}

/** The way of users from the edge into a jurisdiction. */
function way({ share }: JurisdictionNode, edge: readonly EdgeNode[], x: number, top: number): Piece {
  const begin = EDGE.top + EDGE.height;
  const turn = begin + 18;
  const from = edge.findIndex(({ kind }) => kind !== "assets");
  return from < 0
    ? ""
    : markup`<g><path class="way" d="M${edgeMiddle(from, edge.length)} ${begin}V${turn}H${x}V${top - 7}"/><path class="head" d="M${x - 5} ${top - 8}h10l-5 8z"/><text class="strong" x="${x + 10}" y="${top - 14}">${share} % of requests</text></g>`;
}

function box(jurisdiction: JurisdictionNode, x: number, top: number, width: number): Piece {
  const { name, regions, links } = jurisdiction;
  const shown = regions.slice(0, BOXES);
  const rest = regions.slice(BOXES);
  let y = top + TITLE;
  const places = shown.map((region) => {
    const place = { region, top: y, height: regionHeight(region) };
    y += place.height + (linkLanes(links).length > 0 ? BETWEEN : GAP);
    return place;
  });
  return markup`<g><rect class="jurisdiction" x="${x}" y="${top}" width="${width}" height="${heightOf(jurisdiction)}" rx="14"/>
<text class="area" x="${x + PADDING}" y="${top + 29}">${name}</text><text class="soft" x="${x + width - PADDING}" y="${top + 29}" text-anchor="end">${regions.length} ${regions.length === 1 ? "region" : "regions"}; data stays inside</text>
${places.map((place) => regionBox(place.region, x + PADDING, place.top))}
${drawLinks(links, places, x + PADDING)}
${rest.length === 0 ? "" : markup`<text class="soft" x="${x + PADDING}" y="${top + heightOf(jurisdiction) - 12}">and ${rest.length} more: ${rest.map((region) => region.name).join(", ")}</text>`}</g>`;
}

function heightOf({ regions, links }: JurisdictionNode): number {
  const shown = regions.slice(0, BOXES);
  const between = (shown.length - 1) * (linkLanes(links).length > 0 ? BETWEEN : GAP);
  return (
    TITLE +
    shown.reduce((sum, region) => sum + regionHeight(region), 0) +
    between +
    PADDING +
    (regions.length > BOXES ? 20 : 0)
  );
}

function keys(y: number): Piece {
  const items = [
    ["database", "database replica"],
    ["records", "records replicated"],
    ["failover", "takes over"],
  ] as const;
  return markup`<g>${items.map(([kind, text], index) => markup`<line class="link ${kind}" x1="${MARGIN + index * 190}" x2="${MARGIN + 34 + index * 190}" y1="${y}" y2="${y}"/><text class="soft" x="${MARGIN + 42 + index * 190}" y="${y + 4}">${text}</text>`)}<text class="soft" x="${WIDTH - MARGIN}" y="${y + 4}" text-anchor="end">solid color: active; hatched: candidate</text></g>`;
}
