import { z } from "zod";
import { count, dailyWindow, weeklyWindow } from "./fields";
import type { Issue } from "./issue";
import { dailyIntervals, overlap, weeklyInterval, type Interval } from "./windows";

export const cacheSchema = z
  .strictObject({
    engineVersion: z
      .string()
      .regex(/^8\.\d$/, "a version of Valkey 8, such as 8.1")
      .default("8.1")
      .describe(
        "Version of Valkey. Valkey and not Redis: it speaks the same protocol, costs 20 % less on ElastiCache, and is still developed there, where the line of Redis OSS ends at 7.1.",
      ),
    nodeType: z
      .string()
      .regex(/^cache\.[a-z0-9]+\.[a-z0-9]+$/, "an ElastiCache node type such as cache.r6g.xlarge")
      .default("cache.r6g.xlarge")
      .describe("Type of every node."),
    nodes: count(2)
      .pipe(z.number().max(6))
      .default(3)
      .describe(
        "Nodes of each region: one that writes and its replicas, each in its own zone where there are enough; 6 at most, a limit of ElastiCache.",
      ),
    port: count(1_024).pipe(z.number().max(65_535)).default(6_379).describe("Port of every node."),
    evictionPolicy: z
      .enum(["volatile-lru", "volatile-lfu", "volatile-ttl", "noeviction"])
      .default("volatile-lru")
      .describe(
        "What happens when memory is full (maxmemory-policy). volatile-lru logs out the sessions that have been idle longest; noeviction would refuse every new login. Keys without a time to live are never evicted.",
      ),
    snapshots: z
      .strictObject({
        keep: count(1)
          .pipe(z.number().max(35))
          .default(5)
          .describe("Daily snapshots that are kept; 35 at most, a limit of ElastiCache."),
        window: dailyWindow
          .default("03:00-05:00")
          .describe("When the daily snapshot is taken, UTC, at least 60 minutes."),
      })
      .prefault({})
      .describe("Daily snapshots of each region's cache."),
    maintenanceWindow: weeklyWindow
      .default("sun:05:00-sun:06:00")
      .describe("When ElastiCache may patch, UTC, at least 60 minutes and outside the snapshot window."),
    alarms: z
      .strictObject({
        cpuPercent: count(1)
          .pipe(z.number().max(100))
          .default(80)
          .describe("Alarm above this load of the engine's thread for 15 minutes, percent."),
        memoryPercent: count(1)
          .pipe(z.number().max(100))
          .default(75)
          .describe("Alarm above this use of memory, percent: before anything is evicted."),
        connections: count(1)
          .default(50_000)
          .describe("Alarm above this number of connections to a node; a node takes 65000."),
        replicaLagSeconds: count(1).default(10).describe("Alarm when a replica is further behind, seconds."),
      })
      .prefault({})
      .describe("When the cache's alarms go off."),
  })
  .prefault({})
  .describe("ElastiCache for Valkey in each region. User sessions live here, so that no request needs its color.");

export type CacheConfig = z.infer<typeof cacheSchema>;

/** ElastiCache refuses windows that are shorter. */
const MIN_WINDOW_MINUTES = 60;

/** What the cache section must agree on with itself. */
export function checkCache({ cache }: { cache?: CacheConfig }): Issue[] {
  if (cache === undefined) {
    return [];
  }
  const issues: Issue[] = [];
  const daily = dailyIntervals(cache.snapshots.window);
  const weekly = weeklyInterval(cache.maintenanceWindow);
  for (const [path, value, { minutes }] of [
    ["cache.snapshots.window", cache.snapshots.window, daily[0] as Interval],
    ["cache.maintenanceWindow", cache.maintenanceWindow, weekly],
  ] as const) {
    if (minutes < MIN_WINDOW_MINUTES) {
      issues.push({ path, message: `at least ${MIN_WINDOW_MINUTES} minutes, a limit of ElastiCache`, value });
    }
  }
  if (daily.some((interval) => overlap(interval, weekly))) {
    issues.push({
      path: "cache.maintenanceWindow",
      message: `outside the snapshot window ${cache.snapshots.window}`,
      value: cache.maintenanceWindow,
    });
  }
  return issues;
}
