import { markup, type Piece } from "../report/markup";
import type { ColorNode, RegionNode } from "./topology";

/** A region's box. */
export const REGION = { width: 346 } as const;

const HEAD = 40;
const LINE = 18;
const WEIGHTS = 34;
const COLOR = 62;
const INSET = 12;

/** How tall a region's box is, by what it holds. */
export function regionHeight({ layers, colors, routers }: RegionNode): number {
  return HEAD + layers.length * LINE + 8 + (routers === undefined ? 0 : WEIGHTS) + (hasColors(colors) ? COLOR + 10 : 0);
}

/** A region with its layers, routers and colors. */
export function regionBox(region: RegionNode, x: number, top: number): Piece {
  const { name, role, share, layers, colors, routers } = region;
  const inner = REGION.width - 2 * INSET;
  let y = top + HEAD;
  const lines = layers.map((layer) => {
    y += LINE;
    return markup`<text class="layer" x="${x + INSET}" y="${y - 4}">${layer.name}</text><text class="soft" x="${x + INSET + 66}" y="${y - 4}">${cut(layer.text, 44)}</text>`;
  });
  y += 8;
  const weights = routers === undefined ? "" : weightBar(colors ?? [], routers, x + INSET, y, inner);
  y += routers === undefined ? 0 : WEIGHTS;
  const width = (inner - 10) / 2;
  return markup`<g><rect class="region ${share === 0 ? "standby" : ""}" x="${x}" y="${top}" width="${REGION.width}" height="${regionHeight(region)}" rx="8"/>
<text class="name" x="${x + INSET}" y="${top + 24}">${name}</text><text class="soft" x="${x + REGION.width - INSET}" y="${top + 24}" text-anchor="end">${role}, <tspan class="strong">${share} %</tspan></text>
<rect class="track" x="${x + INSET}" y="${top + 32}" width="${inner}" height="3"/>${share === 0 ? "" : markup`<rect class="share" x="${x + INSET}" y="${top + 32}" width="${(inner * share) / 100}" height="3"/>`}
${lines}${weights}
${(colors ?? []).map((color, index) => colorBox(color, x + INSET + index * (width + 10), y, width))}</g>`;
}

/** How the routers split the region's requests. */
function weightBar(colors: readonly ColorNode[], routers: number, x: number, y: number, width: number): Piece {
  let at = x;
  const bars = colors.map(({ color, weight = 0, active }) => {
    const size = (width * weight) / 100;
    const from = at;
    at += size;
    return size === 0
      ? ""
      : markup`<rect class="color ${color} ${active ? "" : "pale"}" x="${from}" y="${y + 16}" width="${size}" height="9"/>${active ? "" : markup`<rect fill="url(#graph-${color})" x="${from}" y="${y + 16}" width="${size}" height="9"/>`}`;
  });
  return markup`<text class="layer" x="${x}" y="${y + 10}">routers</text><text class="soft" x="${x + 66}" y="${y + 10}">${routers} weighted ${routers === 1 ? "rule" : "rules"}: ${colors.map(({ color, weight = 0 }) => `${color} ${weight} %`).join(", ")}</text><rect class="track" x="${x}" y="${y + 16}" width="${width}" height="9"/>${bars}`;
}

function colorBox(
  { color, active, release, capacity, pods, weight }: ColorNode,
  x: number,
  y: number,
  width: number,
): Piece {
  const off = release === undefined || pods.most === 0;
  return markup`<g><rect class="box ${color} ${active ? "active" : ""} ${off ? "off" : ""}" x="${x}" y="${y}" width="${width}" height="${COLOR}" rx="6"/>${active ? "" : markup`<rect fill="url(#graph-${color})" opacity="0.35" x="${x}" y="${y}" width="${width}" height="${COLOR}" rx="6"/>`}
<text class="name ${color}" x="${x + 10}" y="${y + 20}">${color}</text>${weight === undefined ? "" : markup`<text class="strong" x="${x + width - 10}" y="${y + 20}" text-anchor="end">${weight} %</text>`}
<text class="soft" x="${x + 10}" y="${y + 38}">${active ? "active" : "candidate"}, ${release === undefined ? "no release" : cut(release, 12)}</text>
<text class="soft" x="${x + 10}" y="${y + 54}">${capacity ?? ""}${off ? "" : `, ${pods.least}–${pods.most} pods`}</text></g>`;
}

function hasColors(colors: RegionNode["colors"]): boolean {
  return colors !== undefined && colors.length > 0;
}

/** What does not fit ends with an ellipsis; the description has it whole. */
function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}
