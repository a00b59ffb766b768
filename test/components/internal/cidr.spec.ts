import assert from "node:assert/strict";
import fc from "fast-check";
import { parseRange, rangesOverlap } from "../../../components/internal/cidr";

const range = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 8, max: 30 }))
  .map(([address, prefix]) => {
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
    return `${octets.join(".")}/${prefix}`;
  });

describe("an IPv4 range", () => {
  it("has its first and last address on the prefix's border", () => {
    const parsed = parseRange("10.20.16.0/20");
    assert.equal(parsed.last - parsed.first + 1, 4_096);
    assert.equal(parsed.base, parsed.first);
    assert.notEqual(parseRange("10.20.16.1/20").base, parseRange("10.20.16.1/20").first);
  });

  it("overlaps another exactly when an address is in both", () => {
    fc.assert(
      fc.property(range, range, (a, b) => {
        const [x, y] = [parseRange(a), parseRange(b)];
        const shared = Math.max(x.first, y.first) <= Math.min(x.last, y.last);
        assert.equal(rangesOverlap(x, y), shared);
        assert.equal(rangesOverlap(y, x), shared);
        assert.ok(rangesOverlap(x, x));
      }),
    );
  });

  it("fails for what is no range", () => {
    for (const text of ["10.0.0.0", "10.0.0.256/16", "10.0.0.0/33", "", "10.0.0/16"]) {
      assert.throws(() => parseRange(text), RangeError);
    }
  });
});
