/**
 * Until when versions are supported, without an extension that costs extra. The days are those of the vendors' own calendars
 * (`source`), compared with their notices to customers and with endoflife.date; a day that was in none of them says so. A version that is not listed is judged by its
 * neighbors: an older one than the oldest is out of support, a newer one than the newest is taken for supported.
 */

/** A version line and the last day of its standard support. */
export interface Support {
  version: string;
  /** The last day, `2027-03-27`; absent while none is announced. */
  until?: string;
}

/** A table of versions, oldest first. */
export interface SupportTable {
  /** What has the versions, for messages. */
  product: string;
  /** When the table was last compared with its source. */
  asOf: string;
  source: string;
  lines: readonly Support[];
}

/** Versions that rules know. */
export const SUPPORT = {
  eks: {
    product: "Kubernetes on EKS",
    asOf: "2026-11-21",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
    lines: [
      { version: "1.31", until: "2025-11-26" },
      { version: "1.32", until: "2026-03-23" },
      { version: "1.33", until: "2026-07-29" },
      { version: "1.34", until: "2026-12-02" },
      { version: "1.35", until: "2027-03-27" },
      { version: "1.36", until: "2027-08-02" },
      { version: "1.37" },
    ],
  },
  postgres: {
    product: "PostgreSQL on RDS",
    asOf: "2026-11-21",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html",
    lines: [
      { version: "13", until: "2026-02-28" },
      { version: "14", until: "2027-02-28" },
      { version: "15", until: "2028-02-29" },
      { version: "16", until: "2029-02-28" },
      { version: "17", until: "2030-02-28" },
      { version: "18", until: "2031-02-28" },
    ],
  },
  redis: {
    product: "Redis OSS on ElastiCache",
    asOf: "2026-11-21",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html",
    lines: [
      { version: "4", until: "2026-01-31" },
      { version: "5", until: "2026-01-31" },
      { version: "6", until: "2027-01-31" },
      { version: "7" },
    ],
  },
  valkey: {
    product: "Valkey on ElastiCache",
    asOf: "2026-11-21",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html",
    lines: [{ version: "7.2" }, { version: "8" }, { version: "9" }],
  },
  nodejs: {
    product: "Node.js on Lambda",
    asOf: "2026-11-21",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
    lines: [
      { version: "18", until: "2025-09-01" },
      { version: "20", until: "2026-04-30" },
      { version: "22", until: "2027-04-30" },
      { version: "24", until: "2028-04-30" },
    ],
  },
  python: {
    product: "Python on Lambda",
    asOf: "2026-11-21",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
    lines: [
      { version: "3.9", until: "2025-12-15" },
      { version: "3.10", until: "2026-10-31" },
      // Older tables say 2026-06-30: AWS has put it off for a year.
      { version: "3.11", until: "2027-06-30" },
      { version: "3.12", until: "2028-10-31" },
      { version: "3.13", until: "2029-06-30" },
      { version: "3.14", until: "2029-06-30" },
    ],
  },
  aks: {
    product: "Kubernetes on AKS",
    asOf: "2026-11-21",
    source: "https://learn.microsoft.com/azure/aks/supported-kubernetes-versions",
    lines: [
      // Found in no source: AKS supports a version for a year, and this one came in June 2025.
      { version: "1.33", until: "2026-06-30" },
      { version: "1.34", until: "2026-11-30" },
      { version: "1.35", until: "2027-03-31" },
      { version: "1.36", until: "2027-06-30" },
    ],
  },
} as const satisfies Record<string, SupportTable>;

/**
 * The oldest minor version of PostgreSQL, by major, that RDS still creates: older ones are deprecated, and upgraded by force.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html (2026-11)
 */
export const POSTGRES_MINORS: Readonly<Record<string, number>> = { "14": 18, "15": 13, "16": 9, "17": 5, "18": 1 };

/** What a table says about a version on a day. */
export type SupportState =
  { state: "supported"; until?: string; days?: number } | { state: "ended"; until: string | undefined };

/** Looks a version up: `1.35`, `15.18` or `8.1` by its line. Undefined when it is no version. */
export function supportOf(table: SupportTable, version: string, today: Date): SupportState | undefined {
  if (!/^\d+(\.\d+)*/.test(version)) {
    return undefined;
  }
  const line = table.lines.find((one) => version === one.version || version.startsWith(`${one.version}.`));
  if (line === undefined) {
    const oldest = table.lines[0];
    return oldest !== undefined && compareVersions(version, oldest.version) < 0
      ? { state: "ended", until: undefined }
      : { state: "supported" };
  }
  if (line.until === undefined) {
    return { state: "supported" };
  }
  const days = daysUntil(line.until, today);
  return days < 0 ? { state: "ended", until: line.until } : { state: "supported", until: line.until, days };
}

/** Whole days from a day to another, which is written `2027-03-27`; negative when it has passed. */
export function daysUntil(day: string, today: Date): number {
  const start = Date.parse(today.toISOString().slice(0, 10));
  return Math.round((Date.parse(day) - start) / 86_400_000);
}

/** Orders versions number by number. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split(".").map(Number));
  for (let index = 0; index < Math.max(left!.length, right!.length); index++) {
    const difference = (left![index] ?? 0) - (right![index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
