import type { DatabaseConfig } from "../database";
import type { Regions } from "../regions";
import type { RecoverConfig } from "./plans";

/** What a recovery is about: which region takes the place of which, with which database. */
export interface RecoverySite {
  jurisdiction: string;
  /** The region that is lost. */
  region: string;
  /** The region that takes its place. */
  to: string;
  /** Name of the replica in `to` that becomes the jurisdiction's database. */
  replica: string;
}

/** What the platform's config says of regions and databases. */
export interface RecoverablePlatform {
  regions: Regions;
  database: Pick<DatabaseConfig, "replicas">;
}

/** Why there is nothing to recover with: the key of `recover` that is at fault, and what is allowed. */
export interface Unrecoverable {
  key: keyof RecoverConfig;
  message: string;
}

/** Finds what a plan recovers with. Pure. */
export function recoverySite(
  { region, to: named, replica }: RecoverConfig,
  { regions, database }: RecoverablePlatform,
): RecoverySite | Unrecoverable {
  const lost = regions[region];
  if (lost === undefined) {
    return { key: "region", message: `one of ${Object.keys(regions).join(", ")}` };
  }
  const { jurisdiction } = lost;
  const others = Object.entries(regions).filter(
    ([name, other]) => name !== region && other.jurisdiction === jurisdiction,
  );
  const [to] = others.find(([name, { role }]) => (named === undefined ? role === "recovery" : name === named)) ?? [];
  if (to === undefined) {
    const names = others.map(([name]) => name);
    const message =
      names.length === 0
        ? `a region of a jurisdiction that has another one: ${jurisdiction} has only ${region}`
        : `a region of ${jurisdiction}, because data stays in its jurisdiction: ${names.join(", ")}`;
    return names.length === 0 ? { key: "region", message } : { key: "to", message };
  }
  if (lost.database !== "primary") {
    return {
      key: "region",
      message: `a region with its jurisdiction's database: without ${region} the edge sends its users to ${to}, and nothing is promoted`,
    };
  }
  const replicas = Object.entries(database.replicas[jurisdiction] ?? {});
  const inside = replicas.filter(([, each]) => each.region === to).map(([name]) => name);
  if (!inside.includes(replica)) {
    const message =
      inside.length === 0
        ? `a replica in ${to}: database.replicas.${jurisdiction} has none there`
        : `a replica in ${to} (database.replicas.${jurisdiction}): ${inside.join(", ")}`;
    return { key: "replica", message };
  }
  return { jurisdiction, region, to, replica };
}
