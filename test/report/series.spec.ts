import assert from "node:assert/strict";
import fc from "fast-check";
import { pathOf } from "../../report/charts/path";
import { thin, type Point } from "../../report/series";

const points = fc
  .array(
    fc.tuple(
      fc.double({ min: 0, max: 700, noNaN: true }),
      fc.option(fc.integer({ min: -500, max: 500 }), { freq: 12 }),
    ),
    {
      maxLength: 400,
    },
  )
  .map((list): Point[] => list.sort(([one], [other]) => one - other).map(([x, y]) => ({ x, y: y ?? NaN })));

describe("a line with many points", () => {
  it("keeps the first, the last, the lowest and the highest of each column, in their order", () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 20 }), (all, width) => {
        const kept = thin(all, width).flat();
        const known = all.filter(({ y }) => !Number.isNaN(y));
        assert.ok(kept.every((point, index) => index === 0 || kept[index - 1]!.x <= point.x));
        assert.ok(kept.every((point) => known.includes(point)));
        for (const column of new Set(known.map(({ x }) => Math.floor(x / width)))) {
          const inside = (list: readonly Point[]) =>
            list.filter(({ x }) => Math.floor(x / width) === column).map(({ y }) => y);
          assert.equal(Math.max(...inside(kept)), Math.max(...inside(known)));
          assert.equal(Math.min(...inside(kept)), Math.min(...inside(known)));
        }
        assert.deepEqual([kept[0], kept.at(-1)], [known[0], known.at(-1)]);
      }),
    );
  });

  it("has four points in a column at the most", () => {
    const all = Array.from({ length: 10_000 }, (_, index) => ({ x: index / 100, y: Math.sin(index) }));
    assert.ok(thin(all, 2).flat().length <= 4 * 50);
  });

  it("breaks where nothing was known, and nowhere else", () => {
    const y = [1, 2, NaN, NaN, 3, NaN, 4, 5];
    const lines = thin(
      y.map((value, x) => ({ x, y: value })),
      2,
    );
    assert.deepEqual(
      lines.map((line) => line.map((point) => point.y)),
      [[1, 2], [3], [4, 5]],
    );
  });

  it("is drawn where its points are, to a twentieth of a unit, however many there are", () => {
    fc.assert(
      fc.property(points, (all) => {
        const lines = thin(all, 2).filter((line) => line.length > 1);
        const drawn = pathOf(lines).split("M").slice(1).map(absolute);
        assert.equal(drawn.length, lines.length);
        lines.forEach((line, index) => {
          assert.equal(drawn[index]!.length, line.length);
          line.forEach(({ x, y }, each) => {
            assert.ok(Math.abs(drawn[index]![each]!.x - x) < 0.051 && Math.abs(drawn[index]![each]!.y - y) < 0.051);
          });
        });
      }),
    );
  });
});

/** The points of `x y l dx dy …`. */
function absolute(path: string): Point[] {
  const [x, y, ...steps] = [...path.matchAll(/-?\d+(?:\.\d+)?/g)].map(([figure]) => Number(figure));
  const found = [{ x: x!, y: y! }];
  for (let index = 0; index < steps.length; index += 2) {
    found.push({ x: found.at(-1)!.x + steps[index]!, y: found.at(-1)!.y + steps[index + 1]! });
  }
  return found;
}
