import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  capacityIn,
  ceilingOf,
  checkCapacity,
  floorOf,
  regionScales,
  type PodGroup,
  type RegionSize,
} from "../../../components/internal/capacity";

const NODES = { cpu: 100, memoryGiB: 400, gpus: 10 };
const REGIONS: Record<string, RegionSize> = {
  "us-east-1": { jurisdiction: "US", role: "primary", share: 40, nodes: NODES },
  "us-west-2": { jurisdiction: "US", role: "secondary", share: 30, nodes: NODES },
  "eu-west-1": { jurisdiction: "EU", role: "regional", share: 20, nodes: NODES },
  "ap-southeast-1": { jurisdiction: "APAC", role: "regional", share: 10, nodes: NODES },
  "eu-central-1": { jurisdiction: "EU", role: "recovery", share: 0, nodes: NODES },
};
const SCALES = regionScales(REGIONS);
const API = { warm: 3, min: 10, max: 100 };
const RULES = { recovery: "warm", reservedPercent: 10 } as const;

const sizing = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 200 }))
  .map(([warm, more, most]) => ({ warm, min: warm + more, max: warm + more + most }));
const scale = fc.constantFrom(...Object.values(SCALES));
const share = fc.double({ min: 0, max: 100, noNaN: true });

describe("capacity", () => {
  it("gives the largest serving region the figures of the document, and the others theirs by share", () => {
    const figures = Object.entries(SCALES).map(([region, at]) => [
      region,
      floorOf(API, "full", at),
      ceilingOf(API, at),
    ]);
    assert.deepEqual(figures, [
      ["us-east-1", 10, 100],
      ["us-west-2", 8, 100],
      ["eu-west-1", 5, 50],
      ["ap-southeast-1", 3, 25],
      ["eu-central-1", 5, 50],
    ]);
  });

  it("keeps recovery regions warm unless they are to be as the serving ones", () => {
    const recovery = SCALES["eu-central-1"]!;
    assert.equal(capacityIn(recovery, "full", { recovery: "warm" }), "warm");
    assert.equal(capacityIn(recovery, "full", { recovery: "serving" }), "full");
    assert.equal(capacityIn(recovery, "full", { recovery: [] }), "warm");
    assert.equal(capacityIn(recovery, "off", { recovery: "warm" }), "off");
    assert.equal(capacityIn(SCALES["eu-west-1"]!, 25, { recovery: "warm" }), 25);
  });

  it("gives a region that serves alone what all requests of its jurisdiction take, and leaves the others as they are", () => {
    const rules = { recovery: ["eu-central-1", "us-west-2"] };
    const alone = regionScales(REGIONS, rules);
    const floor = (region: string) => floorOf(API, capacityIn(alone[region]!, "full", rules), alone[region]!);
    assert.deepEqual([floor("us-west-2"), floor("eu-central-1"), floor("us-east-1")], [18, 5, 10]);
    assert.equal(ceilingOf(API, alone["us-west-2"]!), 175);
    const other = { recovery: ["us-west-2"] };
    assert.equal(capacityIn(regionScales(REGIONS, other)["eu-central-1"]!, "full", other), "warm");
  });

  it("has no pods when off, and the warm minimum when warm", () => {
    fc.assert(
      fc.property(sizing, scale, (pods, at) => {
        assert.equal(floorOf(pods, "off", at), 0);
        assert.equal(floorOf(pods, "warm", at), pods.warm);
      }),
    );
  });

  it("never needs fewer pods for a larger share, and for all of it as many as full", () => {
    fc.assert(
      fc.property(sizing, scale, share, share, (pods, at, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        assert.ok(floorOf(pods, less, at) <= floorOf(pods, more, at));
        assert.ok(floorOf(pods, "warm", at) <= floorOf(pods, less, at));
        assert.equal(floorOf(pods, 100, at), floorOf(pods, "full", at));
      }),
    );
  });

  it("covers the share that it is for, by less than one pod too many", () => {
    fc.assert(
      fc.property(sizing, scale, share, (pods, at, percent) => {
        const wanted = (pods.min * at.serving * percent) / 100;
        const floor = floorOf(pods, percent, at);
        assert.ok(floor >= wanted - 1e-6);
        assert.ok(floor === pods.warm || floor < wanted + 1);
      }),
    );
  });

  it("never has a ceiling below its floor", () => {
    fc.assert(
      fc.property(sizing, scale, share, (pods, at, percent) => floorOf(pods, percent, at) <= ceilingOf(pods, at)),
    );
  });

  it("accepts both colors exactly when their least pods fit the nodes of every region", () => {
    const capacity = fc.oneof(fc.constantFrom("off" as const, "warm" as const, "full" as const), share);
    const cpu = fc.double({ min: 0.1, max: 8, noNaN: true });
    fc.assert(
      fc.property(sizing, cpu, capacity, capacity, (pods, each, blue, green) => {
        const pod = { cpu: each, memoryGiB: 0, gpus: 0 };
        const groups: PodGroup[] = [
          { name: "api", color: "blue", capacity: blue, sizing: pods, pod },
          { name: "api", color: "green", capacity: green, sizing: pods, pod },
        ];
        const overfull = Object.entries(REGIONS).filter(([region, { nodes }]) => {
          const at = SCALES[region]!;
          const sum = floorOf(pods, capacityIn(at, blue, RULES), at) + floorOf(pods, capacityIn(at, green, RULES), at);
          return sum * each > nodes.cpu * 0.9 + 1e-6;
        });
        assert.equal(checkCapacity(groups, REGIONS, RULES).length, overfull.length);
      }),
    );
  });

  it("says which region is too small, for what, and by which figures", () => {
    const group = (color: "blue" | "green"): PodGroup => ({
      name: "pathiq",
      color,
      capacity: "full",
      sizing: { warm: 2, min: 6 },
      pod: { cpu: 2, memoryGiB: 8, gpus: 1 },
    });
    const [issue, ...others] = checkCapacity(
      [group("blue"), group("green")],
      { "us-east-1": REGIONS["us-east-1"]! },
      RULES,
    );
    assert.deepEqual(others, []);
    assert.equal(issue!.path, "capacity");
    assert.deepEqual(issue!.value, { blue: "full", green: "full" });
    assert.match(issue!.message, /us-east-1.*12 GPUs \(blue pathiq 6 x 1 \+ green pathiq 6 x 1\).*hold 10 /);
  });
});
