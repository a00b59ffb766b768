import { markup, type Piece } from "../report/markup";
import { REGION } from "./regionBox";
import type { Link, RegionNode } from "./topology";

/** Where a region stands. */
export interface Place {
  region: RegionNode;
  top: number;
  height: number;
}

/** What a link says beside its line. */
const WORDS: Readonly<Record<Link["kind"], string>> = {
  database: "database",
  records: "records",
  failover: "failover",
};

/** The kinds of links that a jurisdiction has, each in a lane of its own. */
export function linkLanes(links: readonly Link[]): Link["kind"][] {
  return [...new Set(links.map(({ kind }) => kind))];
}

/** Lines between regions: straight between neighbors, around what stands between others. */
export function drawLinks(links: readonly Link[], places: readonly Place[], x: number): Piece {
  const lanes = linkLanes(links);
  return links.map(({ kind, from, to, both }) => {
    const [source, target] = [from, to].map((name) => places.findIndex(({ region }) => region.name === name)) as [
      number,
      number,
    ];
    if (source < 0 || target < 0) {
      return "";
    }
    const lane = lanes.indexOf(kind);
    const [upper, lower] = [places[Math.min(source, target)]!, places[Math.max(source, target)]!];
    const down = target > source;
    const begin = upper.top + upper.height;
    const end = lower.top;
    const neighbors = Math.abs(source - target) === 1;
    const at = x + ((lane + 0.5) * REGION.width) / lanes.length - 30;
    // Around the regions between, in the space at the side.
    const side = x - 4 - lane * 3;
    const line = neighbors ? `M${at} ${begin + 2}V${end - 2}` : `M${x} ${begin - 12}H${side}V${end + 12}H${x}`;
    return markup`<g><path class="link ${kind}" d="${line}"/>${neighbors ? [both || down ? head(at, end - 1, 1) : "", both || !down ? head(at, begin + 1, -1) : "", markup`<text class="soft" x="${at + 9}" y="${(begin + end) / 2 + 4}">${WORDS[kind]}</text>`] : ""}<title>${WORDS[kind]}: ${from} to ${to}${both ? ", and back" : ""}</title></g>`;
  });
}

/** An arrowhead whose point is at a place, looking down (1) or up (-1). */
function head(x: number, y: number, way: 1 | -1): Piece {
  return markup`<path class="head" d="M${x - 5} ${y - 8 * way}h10l-5 ${8 * way}z"/>`;
}
