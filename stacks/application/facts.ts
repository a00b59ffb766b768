import type { RegionPods } from "./pods";
import { consumersOf } from "../config/applicationChecks";
import { COLORS } from "../config/fields";
import type { ApplicationConfig } from "../config/schema";
import type { Application } from "../contract/application";

/** What the application layer says of itself, whatever its platform is made of. Pure. */
export function applicationFacts(
  config: Pick<ApplicationConfig, "active" | "consumers" | "workloads" | "releases" | "capacity">,
  functionPaths: readonly string[] = [],
): Application["facts"] {
  const routed = Object.entries(config.workloads).flatMap(([name, { port, target }]) =>
    target === undefined ? [] : [[name, { port, ...target }] as const],
  );
  const colors = COLORS.flatMap((color) => {
    const release = config.releases[color];
    return release === undefined
      ? []
      : [[color, { release: release.version, capacity: config.capacity[color] }] as const];
  });
  return {
    active: config.active,
    consumers: consumersOf(config),
    targets: Object.fromEntries(routed),
    functionPaths: [...functionPaths],
    colors: Object.fromEntries(colors),
  };
}

/** How many pods each workload of a color may have in a region, as the contract says it. Pure. */
export function podBounds(pods: RegionPods): Application["regions"][string]["blue"]["pods"] {
  return Object.fromEntries(
    Object.entries(pods).map(([workload, { floor, ceiling }]) => [
      workload,
      { least: floor, most: floor === 0 ? 0 : ceiling },
    ]),
  );
}

/** The release that an open database change belongs to; `undefined` while none is open. Pure. */
export function changedRelease({ databaseChange, releases }: Pick<ApplicationConfig, "databaseChange" | "releases">) {
  return databaseChange.phase === "none"
    ? undefined
    : COLORS.map((color) => releases[color]).find((release) => release?.version === databaseChange.release);
}
