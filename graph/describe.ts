import type { JurisdictionNode, RegionNode, Topology } from "./topology";

/** The topology in sentences, for who cannot see the drawing. */
export function describe({ edge, jurisdictions }: Topology): string {
  const first = edge
    .map(({ title, hosts, facts }) => `${[title, ...hosts].join(" ")} (${facts.join(", ")})`)
    .join("; ");
  return `${edge.length === 0 ? "" : `At the edge: ${first}. `}${jurisdictions.map(jurisdictionText).join(" ")}`;
}

function jurisdictionText({ name, share, regions, links }: JurisdictionNode): string {
  const ways = links.map(({ kind, from, to, both }) => `${kind} from ${from} to ${to}${both ? " and back" : ""}`);
  return `${name}, ${share} % of requests: ${regions.map(regionText).join("; ")}.${ways.length === 0 ? "" : ` Between them: ${ways.join(", ")}.`}`;
}

function regionText({ name, role, share, layers, colors = [], routers }: RegionNode): string {
  return [
    `${name}, ${role}, ${share} %`,
    ...layers.map((layer) => `${layer.name} ${layer.text}`),
    ...(routers === undefined ? [] : [`${routers} routers`]),
    ...colors.map(
      ({ color, active, release, capacity, weight }) =>
        `${color}${active ? ", active" : ""}${release === undefined ? ", no release" : `, release ${release}, capacity ${capacity}`}${weight === undefined ? "" : `, ${weight} % of its requests`}`,
    ),
  ].join(", ");
}
