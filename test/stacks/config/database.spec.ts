import assert from "node:assert/strict";
import fc from "fast-check";
import {
  databaseSchema,
  primaryIdentifier,
  promotedReplica,
  replicaIdentifier,
  replicasIn,
  snapshotMinutes,
  snapshotSchedule,
} from "../../../stacks/config/database";
import { checkDatabase } from "../../../stacks/config/databaseCheck";
import { regionsSchema } from "../../../stacks/config/regions";

const region = (jurisdiction: string, database: "primary" | "replica", index: number) => ({
  jurisdiction,
  database,
  role: "regional",
  share: 0,
  cidr: `10.${index}.0.0/16`,
  zones: ["a", "b"].map((zone) => `eu-west-1${zone}`),
});
const regions = regionsSchema.parse({
  "us-east-1": region("US", "primary", 1),
  "us-west-2": region("US", "replica", 2),
  "eu-west-1": region("EU", "primary", 3),
  "eu-central-1": region("EU", "replica", 4),
});
const replicas = {
  US: { "reader-1": { region: "us-east-1" }, recovery: { region: "us-west-2" } },
  EU: { "reader-1": { region: "eu-west-1" }, recovery: { region: "eu-central-1" } },
};
const parse = (more: object = {}) => databaseSchema.parse({ replicas, ...more });
const check = (more: object = {}) =>
  checkDatabase({ database: parse(more), regions }).map(({ path, message }) => `${path}: ${message}`);

describe("the database section", () => {
  it("has the plan's figures as defaults, and they agree with each other", () => {
    assert.deepEqual(check(), []);
    const { engineVersion, instanceClass, storageGiB, backups, maintenanceWindow, monitoringSeconds } = parse();
    assert.deepEqual(
      [engineVersion, instanceClass, storageGiB, backups, maintenanceWindow, monitoringSeconds],
      ["15.18", "db.r6g.2xlarge", 500, { days: 30, window: "03:00-04:00" }, "sun:04:00-sun:05:00", 60],
    );
  });

  it("says nothing of a section that could not be parsed", () => {
    assert.deepEqual(checkDatabase({ regions }), []);
  });

  it("writes the schedule of the snapshots in AWS Backup's form", () => {
    assert.equal(snapshotSchedule(parse()), "cron(15 0,6,12,18 * * ? *)");
    assert.equal(snapshotSchedule(parse({ snapshots: { first: "19:05", everyHours: 12 } })), "cron(5 7,19 * * ? *)");
  });

  it("spreads the snapshots evenly over the day, whenever they begin", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), fc.constantFrom(1, 2, 3, 4, 6, 8, 12, 24), (start, everyHours) => {
        const two = (value: number) => String(value).padStart(2, "0");
        const first = `${two(Math.floor(start / 60))}:${two(start % 60)}`;
        const starts = snapshotMinutes(parse({ snapshots: { first, everyHours } }));
        assert.equal(starts.length, 24 / everyHours);
        assert.ok(starts.includes(start));
        starts.forEach((minute, index) => {
          const next = starts[(index + 1) % starts.length] as number;
          assert.equal(((next - minute + 1_439) % 1_440) + 1, everyHours * 60);
        });
      }),
    );
  });

  it("fails when a snapshot may start in a backup window, or in the hour before it", () => {
    for (const first of ["03:15", "02:15", "01:15", "08:30"]) {
      const [issue, ...others] = check({ snapshots: { first } });
      assert.match(issue ?? "", /^database\.snapshots\.first: .* meets the backup window 03:00-04:00/, first);
      assert.equal(others.filter((text) => !text.includes("maintenance")).length, 0);
    }
    assert.deepEqual(check({ snapshots: { first: "01:00" } }), []);
    assert.deepEqual(check({ snapshots: { first: "05:00" } }), []);
  });

  it("fails when a snapshot may start in a maintenance window of any day", () => {
    const issues = check({ maintenanceWindow: "wed:13:30-wed:14:30" });
    assert.match(issues.join(), /may start from 12:15 .* meets the maintenance window wed:13:30-wed:14:30/);
  });

  it("fails when the windows overlap or are too short", () => {
    assert.match(check({ maintenanceWindow: "sun:03:30-sun:04:30" }).join(), /outside the backup window 03:00-04:00/);
    assert.match(
      check({ backups: { window: "03:00-03:20" } }).join(),
      /database\.backups\.window: at least 30 minutes/,
    );
  });

  it("fails when a replica would leave its jurisdiction", () => {
    const issues = check({ replicas: { ...replicas, EU: { ...replicas.EU, far: { region: "us-west-2" } } } });
    assert.deepEqual(issues, [
      "database.replicas.EU.far.region: a region of EU, because data stays in its jurisdiction: eu-west-1, eu-central-1",
    ]);
  });

  it("fails when a jurisdiction has no replica elsewhere, or a region has none that it should have", () => {
    const issues = check({ replicas: { ...replicas, EU: { "reader-1": { region: "eu-west-1" } } } });
    assert.match(
      issues.join("\n"),
      /database\.replicas\.EU: at least one replica in another region of EU than eu-west-1/,
    );
    assert.match(issues.join("\n"), /database\.replicas\.EU: eu-central-1 says database: replica/);
  });

  it("lets a replica be newer than its database, as an upgrade needs it, and never older", () => {
    const reader = (engineVersion: string) => ({
      replicas: { ...replicas, US: { ...replicas.US, near: { region: "us-east-1", engineVersion } } },
    });
    assert.deepEqual(check(reader("15.19")), []);
    assert.deepEqual(check(reader("15.18")), []);
    assert.match(check(reader("15.9")).join(), /US\.near\.engineVersion: 15\.18, the database's, or newer/);
  });

  it("fails when two replicas of a jurisdiction are promoted, and when a jurisdiction has no regions", () => {
    const both = {
      "reader-1": { region: "us-east-1", promote: true },
      recovery: { region: "us-west-2", promote: true },
    };
    assert.match(check({ replicas: { ...replicas, US: both } }).join(), /at most one replica is promoted/);
    assert.match(
      check({ replicas: { ...replicas, APAC: {} } }).join(),
      /database\.replicas\.APAC: a jurisdiction that has regions: US, EU/,
    );
  });

  it("fails when storage cannot grow, a job has no time, or the vault's lock refuses the retention", () => {
    assert.match(check({ maxStorageGiB: 510 }).join(), /database\.maxStorageGiB: at least 550/);
    assert.match(
      check({ snapshots: { completeMinutes: 120, startMinutes: 90 } }).join(),
      /completeMinutes: at least 150/,
    );
    assert.match(check({ snapshots: { retentionDays: 100 } }).join(), /retentionDays: 7 to 90/);
  });

  it("refuses versions that cannot be created, backups of no day, and unknown keys", () => {
    assert.equal(databaseSchema.safeParse({ replicas, engineVersion: "16.1" }).success, false);
    assert.equal(databaseSchema.safeParse({ replicas, backups: { days: 0 } }).success, false);
    assert.equal(databaseSchema.safeParse({ replicas, multiAz: false }).success, false);
  });

  it("names instances so that RDS takes them, and finds the ones of a region and the promoted one", () => {
    assert.equal(primaryIdentifier("pathfinity", "US"), "pathfinity-us");
    assert.equal(replicaIdentifier("pathfinity", "APAC", "recovery"), "pathfinity-apac-recovery");
    assert.deepEqual(Object.keys(replicasIn(parse(), "US", "us-east-1")), ["reader-1"]);
    assert.equal(promotedReplica(parse(), "US"), undefined);
    const promoted = parse({ replicas: { US: { recovery: { region: "us-west-2", promote: true } } } });
    assert.equal(promotedReplica(promoted, "US"), "recovery");
  });
});
