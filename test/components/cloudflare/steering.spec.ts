import assert from "node:assert/strict";
import fc from "fast-check";
import {
  inexpressibleShare,
  jurisdictionCondition,
  poolWeight,
  steer,
  type SteeredJurisdiction,
  type SteeredRegion,
} from "../../../components/cloudflare/steering";

const COUNTRIES = ["US", "CA", "IE", "DE", "FR", "SE", "SG", "AU", "JP", "IN", "BR", "ZA"];

interface World {
  jurisdictions: Record<string, SteeredJurisdiction>;
  regions: Record<string, SteeredRegion>;
}

/** One to four jurisdictions with disjoint countries, one to three serving regions and up to two recovery regions each. */
const worlds: fc.Arbitrary<World> = fc
  .record({
    sizes: fc.array(
      fc.record({
        shares: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 3 }),
        recovery: fc.nat(2),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    countries: fc.shuffledSubarray(COUNTRIES, { minLength: 4 }),
    elsewhere: fc.nat(),
  })
  .map(({ sizes, countries, elsewhere }) => {
    const jurisdictions: World["jurisdictions"] = {};
    const regions: World["regions"] = {};
    for (const [index, { shares, recovery }] of sizes.entries()) {
      const jurisdiction = `J${index}`;
      jurisdictions[jurisdiction] = {
        countries: countries.filter((_, position) => position % sizes.length === index),
        elsewhere: elsewhere % sizes.length === index,
      };
      for (const [position, share] of shares.entries()) {
        regions[`serving-${index}-${position}`] = { jurisdiction, role: "regional", share };
      }
      for (let position = 0; position < recovery; position++) {
        regions[`recovery-${index}-${position}`] = { jurisdiction, role: "recovery", share: 0 };
      }
    }
    return { jurisdictions, regions };
  });

/** What Cloudflare makes of a condition: the only forms that are used are a list of countries, its negation, and true. */
function holds(condition: string, country: string): boolean {
  if (condition === "true") {
    return true;
  }
  const listed = [...condition.matchAll(/"([A-Z]{2})"/g)].map(([, code]) => code).includes(country);
  return condition.startsWith("not ") ? !listed : listed;
}

describe("steering users to the regions of their jurisdiction", () => {
  it("never names a region outside the jurisdiction, not even as the fallback", () => {
    fc.assert(
      fc.property(worlds, ({ jurisdictions, regions }) => {
        for (const steering of steer(jurisdictions, regions)) {
          for (const region of [...steering.serving, ...Object.keys(steering.weights), steering.fallback]) {
            assert.equal(regions[region]?.jurisdiction, steering.jurisdiction);
          }
        }
      }),
    );
  });

  it("sends users of every country, listed or not, to exactly one jurisdiction", () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(...COUNTRIES, "NZ", "XX", "T1"), ({ jurisdictions, regions }, country) => {
        const all = steer(jurisdictions, regions);
        const taken = all.filter((steering) => holds(jurisdictionCondition(steering, all), country));
        assert.equal(taken.length, 1);
        const owner = Object.entries(jurisdictions).find(([, { countries }]) => countries.includes(country));
        const expected = owner ?? Object.entries(jurisdictions).find(([, { elsewhere }]) => elsewhere);
        assert.equal(taken[0]?.jurisdiction, expected?.[0]);
      }),
    );
  });

  it("weighs the serving regions by their shares, in hundredths", () => {
    fc.assert(
      fc.property(worlds, ({ jurisdictions, regions }) => {
        for (const { serving, weights } of steer(jurisdictions, regions)) {
          assert.deepEqual(Object.keys(weights).sort(), [...serving].sort());
          for (const [region, weight] of Object.entries(weights)) {
            assert.equal(Math.round(weight * 100), regions[region]?.share);
            assert.ok(weight >= 0.01 && weight <= 1);
          }
        }
      }),
    );
  });

  it("uses a recovery region only as the fallback, and always when there is one", () => {
    fc.assert(
      fc.property(worlds, ({ jurisdictions, regions }) => {
        for (const { jurisdiction, serving, fallback } of steer(jurisdictions, regions)) {
          assert.ok(serving.every((region) => regions[region]?.role !== "recovery"));
          const recovers = Object.values(regions).some(
            (region) => region.jurisdiction === jurisdiction && region.role === "recovery",
          );
          assert.equal(regions[fallback]?.role === "recovery", recovers);
        }
      }),
    );
  });

  it("splits the US 40:30 and falls back to the other US region", () => {
    const [steering] = steer(
      { US: { countries: ["US"], elsewhere: true } },
      {
        "us-east-1": { jurisdiction: "US", role: "primary", share: 40 },
        "us-west-2": { jurisdiction: "US", role: "secondary", share: 30 },
      },
    );
    assert.deepEqual(steering?.weights, { "us-east-1": 0.4, "us-west-2": 0.3 });
    assert.equal(steering?.fallback, "us-west-2");
  });

  it("sends nobody to a region that is closed, and goes on checking it", () => {
    const regions = {
      "eu-west-1": { jurisdiction: "EU", role: "regional", share: 20 },
      "eu-central-1": { jurisdiction: "EU", role: "recovery", share: 0 },
      "us-east-1": { jurisdiction: "US", role: "primary", share: 40 },
      "us-west-2": { jurisdiction: "US", role: "secondary", share: 40 },
    } as const;
    const jurisdictions = {
      EU: { countries: ["IE"], elsewhere: false },
      US: { countries: ["US"], elsewhere: true },
    };
    const [europe, states] = steer(jurisdictions, regions, ["eu-west-1", "us-east-1"]);
    assert.deepEqual([europe!.serving, europe!.weights], [["eu-central-1"], { "eu-central-1": 1 }]);
    assert.deepEqual([europe!.fallback, europe!.checked], ["eu-central-1", ["eu-west-1", "eu-central-1"]]);
    assert.deepEqual([states!.serving, states!.fallback], [["us-west-2"], "us-west-2"]);
    assert.throws(() => steer(jurisdictions, regions, ["eu-west-1", "eu-central-1"]), /EU has no region that serves/);
  });

  it("closes nothing by halves: no open region is left out, and users never go to a closed one", () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 0, max: 1023 }), ({ jurisdictions, regions }, bits) => {
        const closed = Object.keys(regions).filter((_, index) => (bits >> index) % 2 === 1);
        const open = (jurisdiction: string) =>
          Object.entries(regions).some(([name, each]) => each.jurisdiction === jurisdiction && !closed.includes(name));
        fc.pre(Object.keys(jurisdictions).every(open));
        for (const { serving, fallback, weights } of steer(jurisdictions, regions, closed)) {
          assert.ok([...serving, fallback].every((region) => !closed.includes(region)));
          assert.ok(serving.length > 0 && serving.every((region) => weights[region]! > 0));
        }
      }),
    );
  });

  it("fails when a share is finer than a weight, instead of rounding it", () => {
    assert.throws(() => poolWeight(12.5), /whole percentage from 0 to 100; got 12\.5/);
    assert.equal(inexpressibleShare(0), undefined);
    assert.match(inexpressibleShare(101) ?? "", /got 101/);
    assert.match(inexpressibleShare(Number.NaN) ?? "", /got NaN/);
  });

  it("fails when a jurisdiction has nobody who serves", () => {
    assert.throws(
      () =>
        steer(
          { EU: { countries: ["IE"], elsewhere: true } },
          { x: { jurisdiction: "EU", role: "recovery", share: 0 } },
        ),
      /jurisdiction EU has no region that serves/,
    );
  });
});
