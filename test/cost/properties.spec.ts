import fc from "fast-check";
import type { CostResource } from "../../cost/resources";
import { cost, inputs, nodeGroup, resource, workload } from "./resources";

const region = fc.constantFrom("us-east-1", "eu-west-1", "ap-southeast-2");
const COLORS = ["blue", "green"] as const;

/** Resources that do not share the work of others: one more of them is more of everything. */
const part: fc.Arbitrary<CostResource[]> = fc.oneof(
  region.map((at) => resource("aws:eks/cluster:Cluster", { enabledClusterLogTypes: ["audit"] }, at)),
  region.map((at) => resource("aws:ec2/natGateway:NatGateway", {}, at)),
  region.map((at) => resource("aws:lb/loadBalancer:LoadBalancer", { subnets: ["a", "b"] }, at)),
  region.map((at) => resource("aws:kms/key:Key", {}, at)),
  region.map((at) => resource("aws:s3/bucket:Bucket", { tags: { "data-class": "education-record" } }, at)),
  fc
    .record({ at: region, multiAz: fc.boolean(), allocatedStorage: fc.nat(2_000), backupRetentionPeriod: fc.nat(35) })
    .map(({ at, ...given }) =>
      resource(
        "aws:rds/instance:Instance",
        { engine: "postgres", instanceClass: "db.r6g.2xlarge", storageType: "gp3", ...given },
        at,
      ),
    ),
  fc
    .record({
      at: region,
      name: fc.constantFrom("api", "web"),
      color: fc.constantFrom(...COLORS),
      least: fc.nat(20),
      more: fc.nat(80),
      gpu: fc.boolean(),
      perSecond: fc.constantFrom(undefined, "50", "1k"),
    })
    .map(({ at, name, color, least, more, gpu, perSecond }) => {
      const pod = { cpu: "500m", memory: "1Gi", ...(gpu ? { gpus: "1" } : {}) };
      // A name for each size: pods of one workload are alike.
      return workload(`${name}-${gpu ? "gpu" : "cpu"}`, color, [least, least + more], pod, { region: at, perSecond });
    }),
);

/** In each region nodes, and a pod: without any, a group has what it is created with. */
const BASE = ["us-east-1", "eu-west-1", "ap-southeast-2"].flatMap((at) => [
  ...nodeGroup("t3.xlarge", [0, 3, 1_000], { region: at }),
  ...nodeGroup("g4dn.xlarge", [0, 0, 1_000], { region: at }),
  ...workload("base", "blue", [1, 1], { cpu: "100m", memory: "128Mi" }, { region: at }),
]);

const resources = fc.array(part, { maxLength: 12 }).map((parts) => [...BASE, ...parts.flat()]);
const percent = fc.nat(100);
const given = fc
  .record({
    students: fc.integer({ min: 1, max: 5_000_000 }),
    autoscalingPercent: percent,
    activeHours: fc.integer({ min: 1, max: 24 }),
  })
  .map(({ students, ...load }) =>
    inputs({ students, load }, { "us-east-1": 50, "eu-west-1": 30, "ap-southeast-2": 20 }),
  );

const atMost = (one: number, other: number) => one <= other + 1e-9 + other * 1e-12;

describe("whatever the resources", () => {
  it("both colors never cost less than what runs now, in any part or region", () => {
    fc.assert(
      fc.property(resources, given, (all, at) => {
        const { hourly, perPart, perRegion } = cost(all, at);
        return [hourly, ...Object.values(perPart), ...Object.values(perRegion)].every(({ steady, both }) =>
          atMost(steady, both),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("more of them never cost less, neither now nor while both colors run", () => {
    fc.assert(
      fc.property(resources, part, given, (all, more, at) => {
        // A second definition of the same pods is another workload of the same name: only one autoscaler can be theirs.
        const names = new Set(all.map(({ type, inputs: { metadata } }) => JSON.stringify([type, metadata])));
        fc.pre(
          more.every(
            ({ type, inputs: { metadata } }) => metadata === undefined || !names.has(JSON.stringify([type, metadata])),
          ),
        );
        const [before, after] = [cost(all, at).hourly, cost([...all, ...more], at).hourly];
        return atMost(before.steady, after.steady) && atMost(before.both, after.both);
      }),
      { numRuns: 60 },
    );
  });

  it("more students never cost less in all", () => {
    fc.assert(
      fc.property(resources, given, fc.nat(1_000_000), (all, at, more) =>
        atMost(cost(all, at).hourly.steady, cost(all, { ...at, students: at.students + more }).hourly.steady),
      ),
      { numRuns: 60 },
    );
  });

  it("spot prices and reservations never cost more", () => {
    fc.assert(
      fc.property(resources, given, percent, percent, (all, at, spot, reserved) => {
        const cheaper = {
          ...at,
          spotPercent: { general: spot, gpu: spot },
          reservedPercent: { general: reserved, gpu: reserved, database: reserved, cache: reserved },
        };
        const [dear, cheap] = [cost(all, at).hourly, cost(all, cheaper).hourly];
        return atMost(cheap.steady, dear.steady) && atMost(cheap.both, dear.both);
      }),
      { numRuns: 60 },
    );
  });

  it("the parts, the regions and the lines add up to the whole", () => {
    fc.assert(
      fc.property(resources, given, (all, at) => {
        const { hourly, perPart, perRegion, lines } = cost(all, at);
        const sum = (rates: readonly { steady: number }[]) => rates.reduce((total, { steady }) => total + steady, 0);
        return [Object.values(perPart), Object.values(perRegion), lines].every(
          (rates) => Math.abs(sum(rates) - hourly.steady) < 1e-6 * (1 + hourly.steady),
        );
      }),
      { numRuns: 30 },
    );
  });
});
