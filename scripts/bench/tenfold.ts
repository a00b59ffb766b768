/** A project with the production's config, ten times over: what grows is regions and jurisdictions. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { AZURE_LOCATIONS } from "../../stacks/config/azureLocations";

type Entry = Record<string, unknown>;
type Entries = Record<string, Entry>;

/** Of what `Pulumi.production-platform.yaml` holds, the keys that name regions and jurisdictions. */
interface Platform {
  "cutover:jurisdictions": Record<string, Entry & { share: number; countries: string[] }>;
  "cutover:regions": Record<string, Entry & { share: number; zones: string[] }>;
  "cutover:database": { replicas: Record<string, Entries> };
  "cutover:ai": { jurisdictions: Record<string, Entry & { location: keyof typeof AZURE_LOCATIONS }> };
  "cutover:edge": { loadBalancer: { checkRegions: Record<string, unknown> } };
}

const STACKS = ["production-platform", "production-application", "production"];
const TIMES = 10;
/** Each jurisdiction has an account of Azure OpenAI in one of its countries, and Azure has them in 21 countries. */
const JURISDICTION_TIMES = 7;

/**
 * Writes the project.
 *
 * @param root - The repository: its program is run.
 * @param directory - The project's; it exists.
 */
export function writeTenfold(root: string, directory: string): void {
  const project = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as Entry;
  writeFileSync(join(directory, "Pulumi.yaml"), stringify({ ...project, main: root }));
  for (const stack of STACKS) {
    const file = `Pulumi.${stack}.yaml`;
    const content = parse(readFileSync(join(root, file), "utf8")) as { config: Platform };
    if (stack === "production-platform") {
      grow(content.config);
    }
    writeFileSync(join(directory, file), stringify(content));
  }
}

function grow(config: Platform): void {
  const regions = config["cutover:regions"];
  const { replicas } = config["cutover:database"];
  const { jurisdictions: ai } = config["cutover:ai"];
  const { loadBalancer } = config["cutover:edge"];
  const taken = Object.values(ai).map(({ location }) => AZURE_LOCATIONS[location]);
  const free = Object.entries(AZURE_LOCATIONS).filter(
    ([, country], index, all) => !taken.includes(country) && all.findIndex(([, other]) => other === country) === index,
  ) as [keyof typeof AZURE_LOCATIONS, string][];
  const places = Object.keys(ai).length;
  /** The country of a further jurisdiction, and where Azure OpenAI stands in it. */
  const home = (copy: number, index: number) => free[(copy - 1) * places + index]!;

  config["cutover:jurisdictions"] = copied(
    config["cutover:jurisdictions"],
    JURISDICTION_TIMES,
    jurisdictionOf,
    (entry, copy, index) => ({
      ...entry,
      share: (entry.share * (copy < TIMES - JURISDICTION_TIMES ? 2 : 1)) / TIMES,
      ...(copy === 0
        ? { countries: entry.countries.filter((country) => !free.some(([, other]) => other === country)) }
        : { countries: [home(copy, index)[1]], elsewhere: false }),
    }),
  );
  config["cutover:regions"] = copied(regions, TIMES, regionOf, (entry, copy, index) => ({
    ...entry,
    jurisdiction: jurisdictionOf(entry["jurisdiction"] as string, copy % JURISDICTION_TIMES),
    role: copy > 0 && entry["role"] === "primary" ? "secondary" : entry["role"],
    database: copy < JURISDICTION_TIMES ? entry["database"] : "replica",
    share: entry.share / TIMES,
    cidr: `10.${copy * Object.keys(regions).length + index}.0.0/16`,
    zones: entry.zones.map((zone) => `${regionOf(zone.slice(0, -1), copy)}${zone.slice(-1)}`),
  }));
  config["cutover:database"].replicas = copied(replicas, JURISDICTION_TIMES, jurisdictionOf, (group, copy) =>
    Object.fromEntries(
      [copy, copy + JURISDICTION_TIMES]
        .filter((each) => each < TIMES)
        .flatMap((each) =>
          Object.entries(group).map(([name, replica]) => [
            `${name}${letterOf(each)}`,
            { ...replica, region: regionOf(replica["region"] as string, each) },
          ]),
        ),
    ),
  );
  config["cutover:ai"].jurisdictions = copied(ai, JURISDICTION_TIMES, jurisdictionOf, (entry, copy, index) => ({
    ...entry,
    subdomain: `${entry["subdomain"] as string}${letterOf(copy)}`,
    location: copy === 0 ? entry.location : home(copy, index)[0],
  }));
  loadBalancer.checkRegions = copied(loadBalancer.checkRegions, JURISDICTION_TIMES, jurisdictionOf, (entry) => entry);
}

function copied<T>(
  entries: Record<string, T>,
  times: number,
  rename: (name: string, copy: number) => string,
  change: (entry: T, copy: number, index: number) => T,
): Record<string, T> {
  return Object.fromEntries(
    [...Array(times).keys()].flatMap((copy) =>
      Object.entries(entries).map(([name, entry], index) => [rename(name, copy), change(entry, copy, index)] as const),
    ),
  );
}

/** The first copy keeps its names; each other one has a letter. */
function letterOf(copy: number): string {
  return copy === 0 ? "" : "abcdefghi"[copy - 1]!;
}

/** `US` becomes `USA`. */
function jurisdictionOf(name: string, copy: number): string {
  return `${name}${letterOf(copy).toUpperCase()}`;
}

/** `us-east-1` becomes `us-easa-1`: no longer, because some names of AWS have little room beside the region's. */
function regionOf(name: string, copy: number): string {
  return copy === 0 ? name : name.replace(/.-(\d)$/, `${letterOf(copy)}-$1`);
}
