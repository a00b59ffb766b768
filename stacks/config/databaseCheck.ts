import { snapshotMinutes, type DatabaseConfig } from "./database";
import { joinPath, type Issue } from "./issue";
import type { Regions } from "./regions";
import { collect } from "./salvage";
import { dailyIntervals, overlap, weeklyInterval, withLead, type Interval } from "./windows";

/**
 * AWS Backup takes no RDS snapshot during a maintenance or backup window, nor in the hour before one.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
const LEAD_MINUTES = 60;
/** RDS refuses windows that are shorter. */
const MIN_WINDOW_MINUTES = 30;
/** RDS refuses a storage limit that is less than 10 % above the storage. */
const MIN_GROWTH = 1.1;

/** What the database section must agree on, with itself and with the regions. */
export function checkDatabase({ database, regions }: { database?: DatabaseConfig; regions?: Regions }): Issue[] {
  if (database === undefined) {
    return [];
  }
  return collect(
    () => checkWindows(database),
    () => checkSizes(database),
    () => (regions === undefined ? [] : checkReplicas(database, regions)),
  );
}

function checkWindows({ backups, maintenanceWindow, snapshots }: DatabaseConfig): Issue[] {
  const issues: Issue[] = [];
  const daily = dailyIntervals(backups.window);
  const weekly = weeklyInterval(maintenanceWindow);
  for (const [path, value, { minutes }] of [
    ["database.backups.window", backups.window, daily[0] as Interval],
    ["database.maintenanceWindow", maintenanceWindow, weekly],
  ] as const) {
    if (minutes < MIN_WINDOW_MINUTES) {
      issues.push({ path, message: `at least ${MIN_WINDOW_MINUTES} minutes, a limit of RDS`, value });
    }
  }
  if (daily.some((interval) => overlap(interval, weekly))) {
    issues.push({
      path: "database.maintenanceWindow",
      message: `outside the backup window ${backups.window}: RDS refuses windows that overlap`,
      value: maintenanceWindow,
    });
  }

  const starts = new Set(snapshotMinutes({ snapshots }));
  const clashes = (windows: readonly Interval[]) =>
    [...starts].filter((start) =>
      dailyIntervals(`${clock(start)}-${clock(start + snapshots.startMinutes)}`).some((job) =>
        windows.some((window) => overlap(job, withLead(window, LEAD_MINUTES))),
      ),
    );
  for (const [what, windows] of [
    [`the backup window ${backups.window}`, daily],
    [`the maintenance window ${maintenanceWindow}`, [weekly]],
  ] as const) {
    const found = clashes(windows);
    if (found.length > 0) {
      issues.push({
        path: "database.snapshots.first",
        message: `a snapshot that may start from ${found.map(clock).join(", ")} for ${snapshots.startMinutes} minutes meets ${what} or the hour before it, when AWS Backup refuses jobs`,
        value: snapshots.first,
      });
    }
  }
  return issues;
}

function clock(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

function checkSizes({ storageGiB, maxStorageGiB, snapshots }: DatabaseConfig): Issue[] {
  const issues: Issue[] = [];
  if (maxStorageGiB < storageGiB * MIN_GROWTH) {
    issues.push({
      path: "database.maxStorageGiB",
      message: `at least ${Math.ceil(storageGiB * MIN_GROWTH)}: 10 % above storageGiB, a rule of RDS`,
      value: maxStorageGiB,
    });
  }
  if (snapshots.completeMinutes < snapshots.startMinutes + 60) {
    issues.push({
      path: "database.snapshots.completeMinutes",
      message: `at least ${snapshots.startMinutes + 60}: an hour more than startMinutes, a limit of AWS Backup`,
      value: snapshots.completeMinutes,
    });
  }
  const { minDays, maxDays } = snapshots.lock;
  if (snapshots.retentionDays < minDays || snapshots.retentionDays > maxDays) {
    issues.push({
      path: "database.snapshots.retentionDays",
      message: `${minDays} to ${maxDays}: the vaults' lock refuses other retentions`,
      value: snapshots.retentionDays,
    });
  }
  return issues;
}

function checkReplicas({ replicas, engineVersion: current }: DatabaseConfig, regions: Regions): Issue[] {
  const issues: Issue[] = [];
  const jurisdictions = new Set(Object.values(regions).map(({ jurisdiction }) => jurisdiction));
  for (const jurisdiction of jurisdictions) {
    const inside = Object.entries(regions).filter(([, region]) => region.jurisdiction === jurisdiction);
    const primary = inside.find(([, region]) => region.database === "primary")?.[0];
    const entries = Object.entries(replicas[jurisdiction] ?? {});
    const used = new Set(entries.map(([, { region }]) => region));
    const path = joinPath(["database", "replicas", jurisdiction]);
    const elsewhere = entries.some(([, { region }]) => region !== primary && inside.some(([name]) => name === region));
    if (inside.length > 1 && !elsewhere) {
      issues.push({
        path,
        message: `at least one replica in another region of ${jurisdiction} than ${primary ?? "the primary's"}, to be promoted when that region is lost`,
        value: replicas[jurisdiction],
      });
    }
    for (const [name, region] of inside) {
      if (region.database === "replica" && !used.has(name)) {
        issues.push({
          path,
          message: `${name} says database: replica, so it needs one here`,
          value: replicas[jurisdiction],
        });
      }
    }
    const promoted = entries.filter(([, { promote }]) => promote).map(([name]) => name);
    if (promoted.length > 1) {
      issues.push({
        path,
        message: "at most one replica is promoted: a jurisdiction has one database",
        value: promoted,
      });
    }
  }
  for (const [jurisdiction, entries] of Object.entries(replicas)) {
    if (!jurisdictions.has(jurisdiction)) {
      issues.push({
        path: joinPath(["database", "replicas", jurisdiction]),
        message: `a jurisdiction that has regions: ${[...jurisdictions].join(", ")}`,
        value: jurisdiction,
      });
      continue;
    }
    for (const [name, { region, engineVersion }] of Object.entries(entries)) {
      if (engineVersion !== undefined && minor(engineVersion) < minor(current)) {
        issues.push({
          path: joinPath(["database", "replicas", jurisdiction, name, "engineVersion"]),
          message: `${current}, the database's, or newer: RDS upgrades no database whose replicas are older`,
          value: engineVersion,
        });
      }
      if (regions[region]?.jurisdiction !== jurisdiction) {
        const allowed = Object.keys(regions).filter((candidate) => regions[candidate]?.jurisdiction === jurisdiction);
        issues.push({
          path: joinPath(["database", "replicas", jurisdiction, name, "region"]),
          message: `a region of ${jurisdiction}, because data stays in its jurisdiction: ${allowed.join(", ")}`,
          value: region,
        });
      }
    }
  }
  return issues;
}

/** The minor version in a version of PostgreSQL. */
function minor(version: string): number {
  return Number(version.split(".")[1]);
}
