import { z } from "zod";
import { awsRegion, count, dailyWindow, label, weeklyWindow } from "./fields";
import { jurisdictionName } from "./regions";

const engineVersion = z.string().regex(/^15\.\d{1,2}$/, "a minor version of PostgreSQL 15, such as 15.18");

const replica = z.strictObject({
  engineVersion: engineVersion
    .optional()
    .describe(
      "Version of this replica during an upgrade: RDS upgrades no database whose replicas are older. First this, and once it is done `database.engineVersion`; then this goes. @default - that of the database",
    ),
  region: awsRegion.describe("Where the replica stands: the primary's region, or another one of the jurisdiction."),
  multiAz: z
    .boolean()
    .default(true)
    .describe("Whether the replica has a standby in a second zone. A promoted replica has one in any case."),
  promote: z
    .boolean()
    .default(false)
    .describe(
      "Whether the replica is the jurisdiction's database from now on. It stops replicating, and that is final: RDS cannot make it a replica again. Going back is a new replica, of another name, of the promoted one.",
    ),
});

/** A replica of a jurisdiction's database, as config describes it. */
export type DatabaseReplicaConfig = z.infer<typeof replica>;

export const databaseSchema = z
  .strictObject({
    engineVersion: engineVersion
      .default("15.18")
      .describe(
        "Version of RDS for PostgreSQL. The plan's 15.4 can no longer be created: 15.13 to 15.19 can. RDS does not move it by itself, so that an upgrade is a change of config that is rehearsed.",
      ),
    instanceClass: z
      .string()
      .regex(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, "an RDS instance class such as db.r6g.2xlarge")
      .default("db.r6g.2xlarge")
      .describe("Instance class of the primaries and, so that each can take over, of their replicas."),
    storageGiB: count(20)
      .default(500)
      .describe(
        "Storage of each instance, GiB. gp3 volumes of RDS for PostgreSQL bring 3000 IOPS, and 12000 from 400 GiB.",
      ),
    maxStorageGiB: count(22)
      .default(1_000)
      .describe("How far RDS may grow the storage by itself, GiB: at least 10 % above storageGiB, a rule of RDS."),
    name: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/, "a PostgreSQL name in lower case")
      .default("pathfinity")
      .describe("Name of the database."),
    adminUser: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/, "a PostgreSQL name in lower case")
      .default("pathfinity_admin")
      .describe("Master user, for administration and migrations only."),
    appUser: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/, "a PostgreSQL name in lower case")
      .default("pathfinity_app")
      .describe("Database user of the workloads. A migration creates it and grants it rds_iam: it has no password."),
    port: count(1_150).default(5_432).describe("Port of every instance, 1150 to 65535."),
    backups: z
      .strictObject({
        days: count(7)
          .pipe(z.number().max(35))
          .default(30)
          .describe("Days to which a point-in-time restore can go back; 35 at most, a limit of RDS."),
        window: dailyWindow
          .default("03:00-04:00")
          .describe("When RDS takes its daily backup, UTC, at least 30 minutes."),
      })
      .prefault({})
      .describe("The automated backups of RDS, on every instance, so that a promoted replica has them at once."),
    maintenanceWindow: weeklyWindow
      .default("sun:04:00-sun:05:00")
      .describe("When RDS may patch, UTC, at least 30 minutes and outside the backup window."),
    monitoringSeconds: z
      .literal([1, 5, 10, 15, 30, 60])
      .default(60)
      .describe("Interval of enhanced monitoring, seconds: one of the values that RDS knows."),
    insightsDays: z
      .number()
      .int()
      .refine(
        (days) => days === 7 || days === 731 || (days > 7 && days < 731 && days % 31 === 0),
        "7, 731 or a multiple of 31",
      )
      .default(7)
      .describe("Days that Performance Insights keeps: 7 (free), a multiple of 31, or 731."),
    slowQueryMs: count(1)
      .default(1_000)
      .describe("Statements that take longer are logged, without their parameters, milliseconds."),
    rotateAdminAfterDays: count(1)
      .pipe(z.number().max(90))
      .default(30)
      .describe("Days between rotations of the master password; at most 90."),
    snapshots: z
      .strictObject({
        first: z
          .string()
          .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "hh:mm in UTC")
          .default("00:15")
          .describe("First start of the day, UTC."),
        everyHours: z
          .literal([1, 2, 3, 4, 6, 8, 12, 24])
          .default(6)
          .describe("Hours between two starts: a divisor of 24."),
        startMinutes: count(60)
          .pipe(z.number().max(720))
          .default(60)
          .describe(
            "A job that has not started this many minutes after its time is given up; at least 60, a limit of AWS Backup.",
          ),
        completeMinutes: count(120)
          .default(300)
          .describe(
            "A job that has not finished this many minutes after its time is given up; at least 60 more than startMinutes.",
          ),
        retentionDays: count(1)
          .pipe(z.number().max(365))
          .default(35)
          .describe(
            "Days that a snapshot and its copy are kept: finite, because children's data may not be kept forever (COPPA, 16 CFR 312.10).",
          ),
        lock: z
          .strictObject({
            minDays: count(1).default(7).describe("The vault refuses a shorter retention, and any deletion before."),
            maxDays: count(1).default(90).describe("The vault refuses a longer retention."),
            graceDays: count(3)
              .optional()
              .describe(
                "Days after which nobody, the account's root included, can remove the lock (compliance mode); at least 3, a limit of AWS Backup. Without it, only who may change the vault can (governance mode).",
              ),
          })
          .prefault({})
          .describe("The lock of every backup vault."),
      })
      .prefault({})
      .describe(
        "Snapshots by AWS Backup, copied to another region of the jurisdiction, or to the one that it names for copies. No start may fall into a backup or maintenance window, or the hour before: AWS Backup refuses jobs then.",
      ),
    alarms: z
      .strictObject({
        cpuPercent: count(1)
          .pipe(z.number().max(100))
          .default(80)
          .describe("Alarm above this CPU load for 15 minutes, percent."),
        freeStorageGiB: count(1).default(50).describe("Alarm below this free storage, GiB."),
        connections: count(1)
          .default(4_000)
          .describe(
            "Alarm above this number of connections. An instance of 64 GiB takes 5000 (max_connections of RDS for PostgreSQL).",
          ),
        replicaLagSeconds: count(1)
          .pipe(z.number().max(900))
          .default(300)
          .describe(
            "Alarm when a replica is further behind, seconds; at most 900, the recovery point objective of 15 minutes.",
          ),
      })
      .prefault({})
      .describe("When the database's alarms go off."),
    replicas: z
      .record(jurisdictionName, z.record(label(20), replica))
      .default({})
      .describe(
        "The replicas of each jurisdiction's database, by name. Some read near the primary; where a jurisdiction has a second region, one stands there, to be promoted.",
      ),
  })
  .describe("PostgreSQL: one primary per jurisdiction, in the region that says `database: primary`, and its replicas.");

export type DatabaseConfig = z.infer<typeof databaseSchema>;

/** Identifier of a jurisdiction's primary. Fixed, because RDS names its log groups by it. */
export function primaryIdentifier(product: string, jurisdiction: string): string {
  return `${product}-${jurisdiction.toLowerCase()}`;
}

/** Identifier of a replica. Fixed, because RDS names its log groups by it. */
export function replicaIdentifier(product: string, jurisdiction: string, name: string): string {
  return `${primaryIdentifier(product, jurisdiction)}-${name}`;
}

/** The replicas of a jurisdiction that stand in one region, by name. */
export function replicasIn(
  config: DatabaseConfig,
  jurisdiction: string,
  region: string,
): Record<string, DatabaseReplicaConfig> {
  return Object.fromEntries(
    Object.entries(config.replicas[jurisdiction] ?? {}).filter(([, candidate]) => candidate.region === region),
  );
}

/** Name of the replica that has become the jurisdiction's database; `undefined` while the primary still is. */
export function promotedReplica(config: Pick<DatabaseConfig, "replicas">, jurisdiction: string): string | undefined {
  return Object.entries(config.replicas[jurisdiction] ?? {}).find(([, candidate]) => candidate.promote)?.[0];
}

/** Starts of the snapshots of a day, as minutes since midnight UTC, in order. */
export function snapshotMinutes({ snapshots }: Pick<DatabaseConfig, "snapshots">): number[] {
  const [hours = "0", minutes = "0"] = snapshots.first.split(":");
  const starts = Array.from(
    { length: 24 / snapshots.everyHours },
    (_, index) => ((Number(hours) + index * snapshots.everyHours) % 24) * 60 + Number(minutes),
  );
  return starts.sort((a, b) => a - b);
}

/** The schedule of the snapshots as AWS Backup writes it, UTC. */
export function snapshotSchedule(config: Pick<DatabaseConfig, "snapshots">): string {
  const starts = snapshotMinutes(config);
  const hours = starts.map((start) => Math.floor(start / 60)).join(",");
  return `cron(${(starts[0] ?? 0) % 60} ${hours} * * ? *)`;
}
