import assert from "node:assert/strict";
import fc from "fast-check";
import { accountSchema, checkAccount } from "../../../stacks/config/account";
import { cacheSchema, checkCache } from "../../../stacks/config/cache";
import { regionsSchema, REGION_ROLES, type Regions } from "../../../stacks/config/regions";
import { secretsSchema } from "../../../stacks/config/secrets";
import { recordsCopies, storageSchema } from "../../../stacks/config/storage";

const NAMES = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-southeast-2"];
const regionsOf = (list: readonly (readonly [string, string])[]): Regions =>
  regionsSchema.parse(
    Object.fromEntries(
      list.map(([jurisdiction, role], index) => [
        NAMES[index],
        {
          jurisdiction,
          role,
          share: 0,
          database: "replica",
          cidr: `10.${index}.0.0/16`,
          zones: ["us-east-1a", "us-east-1b"],
        },
      ]),
    ),
  );

describe("the copies of education records", () => {
  it("go from serving regions to the recovery region or the other serving ones, and back from recovery", () => {
    const regions = regionsOf([
      ["US", "primary"],
      ["US", "secondary"],
      ["EU", "regional"],
      ["EU", "recovery"],
    ]);
    assert.deepEqual(recordsCopies(regions), [
      { from: "us-east-1", to: "us-west-2" },
      { from: "us-west-2", to: "us-east-1" },
      { from: "eu-west-1", to: "eu-central-1" },
      { from: "eu-central-1", to: "eu-west-1" },
    ]);
  });

  it("never leave their jurisdiction, never stay at home, and leave no region without one that could have it", () => {
    const region = fc.tuple(fc.constantFrom("US", "EU", "APAC"), fc.constantFrom(...REGION_ROLES));
    fc.assert(
      fc.property(fc.array(region, { minLength: 1, maxLength: 6 }), (list) => {
        const regions = regionsOf(list);
        const copies = recordsCopies(regions);
        for (const { from, to } of copies) {
          assert.notEqual(from, to);
          assert.equal(regions[from]?.jurisdiction, regions[to]?.jurisdiction);
        }
        for (const [name, { jurisdiction }] of Object.entries(regions)) {
          const alone = Object.values(regions).filter((other) => other.jurisdiction === jurisdiction).length === 1;
          assert.equal(
            copies.some(({ from }) => from === name),
            !alone,
          );
        }
      }),
    );
  });
});

describe("the cache section", () => {
  it("has the plan's figures as defaults, and they agree with each other", () => {
    const cache = cacheSchema.parse(undefined);
    assert.deepEqual(
      [cache.engineVersion, cache.nodeType, cache.nodes, cache.snapshots],
      ["8.1", "cache.r6g.xlarge", 3, { keep: 5, window: "03:00-05:00" }],
    );
    assert.deepEqual(checkCache({ cache }), []);
    assert.deepEqual(checkCache({}), []);
  });

  it("fails when windows overlap or are too short, and when a node has no replica", () => {
    const paths = (raw: object) => checkCache({ cache: cacheSchema.parse(raw) }).map(({ path }) => path);
    assert.deepEqual(paths({ maintenanceWindow: "tue:04:30-tue:05:30" }), ["cache.maintenanceWindow"]);
    assert.deepEqual(paths({ snapshots: { window: "03:00-03:30" } }), ["cache.snapshots.window"]);
    assert.equal(cacheSchema.safeParse({ nodes: 1 }).success, false);
  });
});

describe("the storage section", () => {
  it("keeps versions 90 days, and records never forever", () => {
    const { records, assets } = storageSchema.parse({ records: {} });
    assert.deepEqual([records?.versionDays, assets.versionDays], [90, 90]);
    assert.equal(storageSchema.safeParse({ records: { retentionDays: 0 } }).success, false);
  });
});

describe("the secrets section", () => {
  it("takes descriptions and rotations of at most 90 days, and no values", () => {
    const entry = (more: object) =>
      secretsSchema.safeParse({ "session-signing": { description: "Signs.", ...more } }).success;
    assert.deepEqual(
      [entry({}), entry({ rotateAfterDays: 90 }), entry({ rotateAfterDays: 91 }), entry({ value: "x" })],
      [true, true, false, false],
    );
  });
});

describe("the account section", () => {
  const base = { alarmEmails: ["oncall@example.org"], budget: { monthlyUsd: 1_000, emails: ["finance@example.org"] } };
  const issues = (more: object) => checkAccount({ account: accountSchema.parse({ ...base, ...more }) });

  it("agrees with itself by default", () => {
    assert.deepEqual(issues({}), []);
    assert.deepEqual(checkAccount({}), []);
  });

  it("fails when a locked file should expire, and when there are more alerts than AWS Budgets takes", () => {
    assert.deepEqual(
      issues({ logs: { auditDays: 365, lockDays: 365 } }).map(({ path }) => path),
      ["account.logs.lockDays"],
    );
    const budget = { ...base.budget, actualPercents: [10, 20, 30, 40, 50] };
    assert.deepEqual(
      issues({ budget }).map(({ path }) => path),
      ["account.budget.actualPercents"],
    );
  });

  it("refuses a retention that CloudWatch Logs does not know, and an account that nobody hears of", () => {
    assert.equal(accountSchema.safeParse({ ...base, logs: { groupDays: 100 } }).success, false);
    assert.equal(accountSchema.safeParse({ ...base, logs: { groupDays: 0 } }).success, false);
    assert.equal(accountSchema.safeParse({ ...base, alarmEmails: [] }).success, false);
  });
});
