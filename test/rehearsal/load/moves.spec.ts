import assert from "node:assert/strict";
import * as fc from "fast-check";
import { destinations } from "../../../rehearsal/load/moves";

const REACH = { weights: { "us-east-1": 0.4, "us-west-2": 0.3 }, fallback: "us-west-2" };
const only =
  (...regions: string[]) =>
  (region: string) =>
    regions.includes(region);

describe("where the edge sends the users of a region", () => {
  it("is that region while it answers and is not closed", () => {
    assert.deepEqual(destinations("us-east-1", REACH, only("us-east-1", "us-west-2")), { "us-east-1": 1 });
    assert.deepEqual(destinations("us-east-1", REACH, only("us-west-2")), { "us-west-2": 1 });
    const closed = { weights: { "us-west-2": 0.3 }, fallback: "us-west-2" };
    assert.deepEqual(destinations("us-east-1", closed, only("us-east-1", "us-west-2")), { "us-west-2": 1 });
  });

  it("is the recovery region when nothing else answers", () => {
    const europe = { weights: { "eu-west-1": 0.2 }, fallback: "eu-central-1" };
    assert.deepEqual(destinations("eu-west-1", europe, only("eu-central-1")), { "eu-central-1": 1 });
  });

  it("is nowhere where no edge chooses, and the region is gone", () => {
    assert.deepEqual(destinations("us-east-1", undefined, only("us-east-1")), { "us-east-1": 1 });
    assert.deepEqual(destinations("us-east-1", undefined, only()), {});
  });

  it("neither loses nor invents a request", () => {
    const names = ["a", "b", "c", "d"];
    fc.assert(
      fc.property(
        fc.subarray(names, { minLength: 1 }),
        fc.subarray(names),
        fc.constantFrom(...names),
        (serving, alive, home) => {
          const weights = Object.fromEntries(serving.map((name, index) => [name, 0.1 * (index + 1)]));
          const goes = destinations(home, { weights, fallback: "d" }, (region) => alive.includes(region));
          const sum = Object.values(goes).reduce((total, part) => total + part, 0);
          assert.ok(Math.abs(sum - 1) < 1e-9);
          const healthy = serving.filter((name) => alive.includes(name));
          assert.ok(Object.keys(goes).every((name) => (healthy.length > 0 ? healthy.includes(name) : name === "d")));
        },
      ),
    );
  });
});
