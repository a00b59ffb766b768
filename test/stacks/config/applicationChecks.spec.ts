import assert from "node:assert/strict";
import { parseConfig } from "../../../stacks/config/parse";
import { rawApplication } from "../applicationGraph";

function issues(changes: Record<string, unknown>): string[] {
  const result = parseConfig(rawApplication(changes));
  return result.ok ? [] : result.issues.map(({ path, message }) => `${path}: ${message}`);
}

const IMAGE = `123456789012.dkr.ecr.us-east-1.amazonaws.com/pathfinity/api@sha256:${"ab".repeat(32)}`;

describe("config of the application layer", () => {
  it("is right in the production's stack file", () => {
    assert.deepEqual(issues({}), []);
  });

  it("may leave a color without a release while it is off", () => {
    assert.deepEqual(issues({ releases: { green: undefined } }), []);
  });

  const refused: [string, Record<string, unknown>, RegExp][] = [
    [
      "an image without digest",
      { releases: { green: { images: { api: "registry.pathfinity.com/api:v2" } } } },
      /^releases\.green\.images\.api: .*digest/,
    ],
    [
      "a workload without an image",
      { releases: { green: { images: { web: undefined } } } },
      /^releases\.green\.images\.web: is required/,
    ],
    [
      "an image of nothing",
      { releases: { green: { images: { worker: IMAGE } } } },
      /^releases\.green\.images\.worker: unknown key/,
    ],
    [
      "a function outside Amazon ECR",
      { releases: { blue: { images: { function: IMAGE.replace(/^[^/]+/, "registry.pathfinity.com") } } } },
      /^releases\.blue\.images\.function: .*ECR/,
    ],
    [
      "capacity for a color without a release",
      { releases: { green: undefined }, capacity: { green: "warm" } },
      /^capacity\.green: off/,
    ],
    ["an active color that is off", { capacity: { blue: "off" } }, /^capacity\.blue: .*active/],
    ["consumers in a color that is off", { consumers: "green" }, /^capacity\.green: .*consumers/],
    ["a capacity that is none", { capacity: { green: "half" } }, /^capacity\.green: off, warm, full/],
    ["a share above 100", { capacity: { green: 101 } }, /^capacity\.green: /],
    ["a second workload for the rest", { workloads: { api: { target: { paths: [] } } } }, /^workloads: exactly one/],
    [
      "a priority twice",
      { workloads: { api: { target: { priority: 100 } } } },
      /^workloads\.web\.target\.priority: api has it/,
    ],
    [
      "the rest before a path",
      { workloads: { api: { target: { priority: 200 } } } },
      /^workloads\.web\.target\.priority: the highest/,
    ],
    [
      "a request above its limit",
      { workloads: { api: { resources: { limits: { cpu: "100m" } } } } },
      /^workloads\.api\.resources: requests\.cpu/,
    ],
    [
      "a minimum above the maximum",
      { workloads: { api: { pods: { min: 200 } } } },
      /^workloads\.api\.pods: warm <= min <= max/,
    ],
    ["an unknown key", { workloads: { api: { replicas: 3 } } }, /^workloads\.api\.replicas: unknown key/],
    [
      "a change of an unknown release",
      { databaseChange: { phase: "backup", release: "9.9.9" } },
      /^databaseChange\.release: .*2\.1\.0 or 2\.0\.4/,
    ],
    [
      "a pod that leaves before its requests end",
      { workloads: { api: { shutdown: { drainSeconds: 20 } } } },
      /^workloads\.api\.shutdown\.drainSeconds: at least .*30/,
    ],
    [
      "an update faster than health checks",
      { targets: { healthCheck: { healthyThreshold: 5 } } },
      /^workloads\.api\.update\.minReadySeconds: at least 50/,
    ],
    [
      "a change without its tool",
      {
        databaseChange: { phase: "backup", release: "2.1.0" },
        releases: { blue: { images: { database: undefined } } },
      },
      /^releases\.blue\.images\.database: is required/,
    ],
    [
      "an incompatible migration without maintenance",
      { databaseChange: { phase: "migrate", release: "2.1.0", compatible: false } },
      /^databaseChange\.maintenance: true/,
    ],
    [
      "a contraction while the old release can still be rolled back to",
      { databaseChange: { phase: "contract", release: "2.1.0" }, capacity: { green: "warm" } },
      /^databaseChange\.phase: contract only/,
    ],
  ];

  for (const [what, changes, expected] of refused) {
    it(`refuses ${what}`, () => {
      const found = issues(changes);
      assert.ok(
        found.some((issue) => expected.test(issue)),
        `${expected} among ${JSON.stringify(found)}`,
      );
    });
  }

  it("takes an incompatible change as far as its restore check, and on when the maintenance page is on", () => {
    const change = { release: "2.1.0", compatible: false };
    assert.deepEqual(issues({ databaseChange: { ...change, phase: "restore-check" } }), []);
    assert.deepEqual(issues({ databaseChange: { ...change, phase: "migrate", maintenance: true } }), []);
  });
});
