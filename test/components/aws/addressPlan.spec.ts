import assert from "node:assert/strict";
import * as fc from "fast-check";
import { addressPlan, TIERS } from "../../../components/aws/addressPlan";
import { parseRange, rangesOverlap, type Range } from "../../../components/internal/cidr";

const ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1d"];
const plans = fc
  .record({
    first: fc.nat(2 ** 16 - 1),
    prefix: fc.integer({ min: 16, max: 20 }),
    zones: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ first, prefix, zones }) => {
    const base = 10 * 2 ** 24 + Math.floor((first * 2 ** 8) / 2 ** (32 - prefix)) * 2 ** (32 - prefix);
    const cidr = `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join(".")}/${prefix}`;
    return { cidr, zones: ZONES.slice(0, zones), plan: addressPlan(cidr, ZONES.slice(0, zones)) };
  });

describe("addressPlan", () => {
  it("keeps every subnet inside the VPC and inside its tier's range", () => {
    fc.assert(
      fc.property(plans, ({ cidr, plan }) => {
        for (const zone of plan.zones) {
          for (const tier of TIERS) {
            assert.ok(contains(cidr, zone[tier]), `${zone[tier]} in ${cidr}`);
            assert.ok(contains(plan.tiers[tier], zone[tier]), `${zone[tier]} in ${plan.tiers[tier]}`);
          }
        }
      }),
    );
  });

  it("gives no address to two subnets, and none to two tiers", () => {
    fc.assert(
      fc.property(plans, ({ plan }) => {
        disjoint(plan.zones.flatMap((zone) => TIERS.map((tier) => zone[tier])));
        disjoint(TIERS.map((tier) => plan.tiers[tier]));
      }),
    );
  });

  it("makes private subnets the largest and database subnets the smallest", () => {
    fc.assert(
      fc.property(plans, ({ plan }) => {
        for (const zone of plan.zones) {
          assert.ok(size(zone.private) > size(zone.public) && size(zone.public) > size(zone.database));
        }
      }),
    );
  });

  it("moves no subnet when a zone is added at the end", () => {
    fc.assert(
      fc.property(plans, ({ cidr, zones, plan }) => {
        assert.deepEqual(addressPlan(cidr, ZONES).zones.slice(0, zones.length), plan.zones);
      }),
    );
  });

  it("writes the ranges that the document's table says", () => {
    assert.deepEqual(addressPlan("10.20.0.0/16", ["us-east-1a", "us-east-1b"]), {
      zones: [
        { zone: "us-east-1a", private: "10.20.0.0/19", public: "10.20.192.0/21", database: "10.20.224.0/22" },
        { zone: "us-east-1b", private: "10.20.32.0/19", public: "10.20.200.0/21", database: "10.20.228.0/22" },
      ],
      tiers: { private: "10.20.0.0/17", public: "10.20.192.0/19", database: "10.20.224.0/20" },
    });
  });

  it("refuses a range that is too large or too small, and more zones than it has room for", () => {
    assert.throws(() => addressPlan("10.0.0.0/15", ZONES), /must be \/16 to \/20, got 10\.0\.0\.0\/15/);
    assert.throws(() => addressPlan("10.0.0.0/21", ZONES), /must be \/16 to \/20/);
    assert.throws(() => addressPlan("10.0.0.0/16", []), /1 to 4 zones, got 0/);
    assert.throws(() => addressPlan("10.0.0.0/16", [...ZONES, "eu-west-1e"]), /1 to 4 zones, got 5/);
  });
});

function contains(outer: string, inner: string): boolean {
  const [a, b] = [parseRange(outer), parseRange(inner)];
  return a.first <= b.first && b.last <= a.last && b.base === b.first;
}

function size(cidr: string): number {
  const { first, last } = parseRange(cidr);
  return last - first + 1;
}

function disjoint(cidrs: string[]): void {
  const ranges = cidrs.map(parseRange);
  ranges.forEach((range, index) =>
    ranges.slice(0, index).forEach((other: Range) => assert.ok(!rangesOverlap(range, other), cidrs.join(" "))),
  );
}
