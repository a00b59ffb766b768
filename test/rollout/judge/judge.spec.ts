import assert from "node:assert/strict";
import { judge, judgeLook, type Count, type Metric } from "../../../rollout/judge";
import { autocorrelated, Chance } from "../../../scripts/judge/series";
import { judged, metric, normal, only } from "./samples";

const repeated = (value: number, length: number) => Array<number>(length).fill(value);

describe("the judge", () => {
  it("passes a healthy candidate, and says what it would have seen", () => {
    const { result, detector, pValue, adjustedPValue, effect, interval, reason } = only(normal(1, 60), normal(2, 60));
    assert.equal(result, "pass");
    assert.equal(detector, "location");
    assert.ok(pValue! > 0.05 && adjustedPValue! >= pValue!);
    assert.ok(interval![0] < effect! && effect! < interval![1]);
    assert.match(
      reason,
      /^median [\d.]+ against [\d.]+: no difference shown, .* a shift of [\d.]+ \([\d.]+ %\) would be seen$/,
    );
  });

  it("finds a candidate that is 15 % slower, with its effect and interval", () => {
    const { result, effect, interval, reason } = only(normal(1, 60, 115), normal(2, 60));
    assert.equal(result, "high");
    assert.ok(Math.abs(effect! - 15) < 5);
    assert.ok(interval![0] > 5 && interval![1] < 25);
    assert.match(reason, /1[\d.]+ higher \(between .*\); hardly by chance \(corrected p .*, limit 0.05\)$/);
  });

  it("passes a change for the better, and says so", () => {
    const { result, effect, reason } = only(normal(1, 60, 80), normal(2, 60));
    assert.equal(result, "pass");
    assert.ok(effect! < -10);
    assert.match(reason, /lower .*: the good direction$/);
  });

  it("finds either direction where either is worse", () => {
    assert.equal(only(normal(1, 60, 80), normal(2, 60), { worse: "either" }).result, "low");
    assert.equal(only(normal(1, 60, 120), normal(2, 60), { worse: "either" }).result, "high");
    assert.equal(only(normal(1, 60, 80), normal(2, 60), { worse: "lower" }).result, "low");
  });

  describe("does better than Kayenta's judge, whose traps are", () => {
    it("(1) a level that can be set and has no effect: alpha decides", () => {
      const metrics = [metric(normal(1, 60, 108), normal(2, 60))];
      const { adjustedPValue } = judge({ metrics, alpha: 0.5 }).metrics[0]!;
      assert.ok(adjustedPValue! > 0.001 && adjustedPValue! < 0.4);
      assert.equal(judge({ metrics, alpha: adjustedPValue! + 1e-6 }).metrics[0]!.result, "high");
      assert.notEqual(judge({ metrics, alpha: adjustedPValue! - 1e-6 }).metrics[0]!.result, "high");
    });

    it("(2) a score on the limit that means one thing here and another there: above is above", () => {
      const healthy = (index: number) => metric(normal(index, 60), normal(100 + index, 60));
      const score = (bad: number) =>
        judged(Array.from({ length: 10 }, (_, index) => (index < bad ? metric([], []) : healthy(index))));
      assert.deepEqual([score(0).score, score(0).verdict], [1, "promote"]);
      assert.deepEqual([score(1).score, score(1).verdict], [0.9, "hold"]);
    });

    it("(3) a verdict that depends on the unit: seconds and nanoseconds are the same", () => {
      for (const scale of [1e-9, 1e-5, 0.1, 3, 1e9]) {
        const times = (values: number[]) => values.map((value) => value * scale);
        const { reason: _, effect, interval, ...rest } = only(times(normal(1, 60, 115)), times(normal(2, 60)));
        const plain = only(normal(1, 60, 115), normal(2, 60));
        assert.deepEqual(rest, {
          name: plain.name,
          result: "high",
          detector: "location",
          pValue: plain.pValue,
          adjustedPValue: plain.adjustedPValue,
        });
        assert.ok(Math.abs(effect! / scale / plain.effect! - 1) < 1e-9);
        assert.ok(Math.abs(interval![0] / scale / plain.interval![0] - 1) < 1e-9);
      }
    });

    it("(4) errors that lose the critical flag, and all errors that score 100: neither passes", () => {
      const broken = metric([1, 2, 3], { events: 1, total: 2 });
      const good = metric(normal(1, 60), normal(2, 60));
      assert.deepEqual(
        judged([broken, broken]).metrics.map(({ result }) => result),
        ["error", "error"],
      );
      assert.deepEqual([judged([broken, broken]).verdict, judged([broken, broken]).score], ["hold", 0]);
      assert.equal(judged([{ ...broken, critical: true, weight: 0.01 }, good]).verdict, "hold");
      assert.equal(judged([{ ...broken, weight: 0.01 }, good]).verdict, "promote");
    });

    it("(5) false alarms of few samples: below five there is no verdict, below what shows anything no pass", () => {
      for (const length of [0, 1, 2, 3, 4]) {
        const result = only(normal(1, length, 1000), normal(2, length)).result;
        assert.equal(result, length === 0 ? "nodata" : "inconclusive");
      }
      assert.match(
        only(normal(1, 4), normal(2, 60)).reason,
        /^the candidate has 4 values, and fewer than 5 support no verdict$/,
      );
      assert.equal(only(normal(1, 5, 1000), normal(2, 5)).result, "inconclusive");
      assert.equal(only(normal(1, 12, 1000), normal(2, 12)).result, "high");
    });

    it("(6) 70 % of values 100 times as bad that pass, and changes of tail, variance and trend that nobody sees", () => {
      const baseline = normal(2, 200);
      const worse = (part: number, by: number) =>
        normal(1, 200).map((value, index) => (index % 10 < part * 10 ? by : 1) * value);
      assert.deepEqual(
        [only(worse(0.7, 100), baseline)].map(({ result, detector }) => [result, detector]),
        [["high", "location"]],
      );
      const found = [
        only(worse(0.1, 3), baseline),
        only(normal(1, 200, 100, 20), baseline),
        only(
          normal(1, 200).map((value, index) => value + (index - 100) / 10),
          baseline,
        ),
      ];
      assert.deepEqual(
        found.map(({ result, detector }) => [result, detector]),
        [
          ["high", "tail"],
          ["high", "variance"],
          ["high", "trend"],
        ],
      );
      assert.match(found[0]!.reason, /20 of the 20 highest values are the candidate's, where 10 would be fair/);
      assert.match(found[1]!.reason, /the values scatter more: typically 1\d.* from their median, the baseline's [67]/);
      assert.match(found[2]!.reason, /the candidate rises against the baseline with time, rank correlation 0\.\d+/);
    });
  });

  it("holds, and never rolls back, for tail, variance and trend alone, critical or not", () => {
    const shaped = metric(normal(1, 200, 100, 25), normal(2, 200), { critical: true });
    assert.equal(judged([shaped]).verdict, "hold");
    assert.equal(judged([shaped, { ...shaped, critical: false }]).verdict, "hold");
  });

  it("looks for a slow tail, a drift and fewer users in the direction that is bad", () => {
    const slow = normal(1, 200).map((value, index) => (index % 10 === 3 ? 3 : 1) * value);
    const low = normal(1, 200).map((value, index) => (index % 10 === 3 ? 0.1 : 1) * value);
    const down = normal(1, 200).map((value, index) => value - (index - 100) / 10);
    assert.equal(only(slow, normal(2, 200), { worse: "lower" }).result, "pass");
    assert.deepEqual(
      [only(low, normal(2, 200), { worse: "lower" })].map(({ result, detector }) => [result, detector]),
      [["low", "tail"]],
    );
    assert.equal(only(down, normal(2, 200)).result, "pass");
    assert.deepEqual(
      [only(down, normal(2, 200), { worse: "lower" })].map(({ result, detector }) => [result, detector]),
      [["low", "trend"]],
    );
    assert.deepEqual(
      [only(down, normal(2, 200), { worse: "either" })].map(({ result }) => result),
      ["low"],
    );
  });

  it("does not take a difference that follows the day for one that grows", () => {
    const morning = (values: number[]) => values.map((value, index) => value * (1 + index / 50));
    const [candidate, baseline] = [morning(normal(1, 100, 115, 4)), morning(normal(2, 100, 100, 4))];
    assert.equal(only(candidate, baseline, { maxRatio: 1.2 }).result, "pass");
  });

  it("tells a baseline of zeros from a candidate that has some", () => {
    assert.equal(only(repeated(0, 30), repeated(0, 30)).result, "pass");
    assert.equal(
      only(
        repeated(0, 30).map((_, index) => index % 2),
        repeated(0, 30),
      ).result,
      "high",
    );
    assert.equal(only({ events: 0, total: 1000 }, { events: 0, total: 1000 }).result, "pass");
    assert.equal(only({ events: 20, total: 1000 }, { events: 0, total: 1000 }).result, "high");
    assert.equal(only({ events: 20, total: 1000 }, { events: 0, total: 1000 }, { maxRatio: 1.1 }).result, "high");
  });

  it("tells constant values apart, and does not divide by their variance", () => {
    assert.equal(only(repeated(6, 20), repeated(5, 20)).result, "high");
    assert.equal(only(repeated(5, 20), repeated(5, 20)).result, "pass");
    assert.equal(only(repeated(5, 20), repeated(5, 20)).effect, 0);
  });

  it("says nodata, and why, where a side has no value", () => {
    const reasons = [
      only([], normal(1, 60)),
      only(normal(1, 60), [null, null, null]),
      only([NaN, Infinity], normal(1, 60)),
      only({ events: 0, total: 0 }, { events: 1, total: 100 }),
      only([null], { events: 1, total: 100 }),
      only({ events: 1, total: 100 }, []),
    ];
    assert.deepEqual(
      reasons.map(({ result, reason }) => [result, reason]),
      [
        ["nodata", "the candidate has no value"],
        ["nodata", "the baseline has no value"],
        ["nodata", "the candidate has no value: 2 intervals, all empty"],
        ["nodata", "the candidate has a total of 0"],
        ["nodata", "the candidate has no value"],
        ["nodata", "the baseline has no value"],
      ],
    );
    assert.ok(
      reasons.every(({ pValue, adjustedPValue, effect, interval }) =>
        [pValue, adjustedPValue, effect, interval].every((each) => each === null),
      ),
    );
  });

  it("is inconclusive where more values are missing than there are", () => {
    const holes = normal(1, 60).map((value, index) => (index % 3 === 0 ? value : null));
    const { result, reason } = only(holes, normal(2, 60));
    assert.equal(result, "inconclusive");
    assert.equal(reason, "the candidate has no value in 40 of 60 intervals: more is missing than is there");
  });

  it("judges around single missing values, and finds what is there", () => {
    const holes = (values: number[], every: number) =>
      values.map((value, index) => (index % every === 0 ? null : value));
    assert.equal(only(holes(normal(1, 60, 120), 7), holes(normal(2, 60), 5)).result, "high");
    assert.equal(only(holes(normal(1, 60), 7), holes(normal(2, 60), 5)).result, "pass");
  });

  it("compares samples of different length over the same window", () => {
    assert.equal(only(normal(1, 40, 120), normal(2, 200)).result, "high");
    assert.equal(only(normal(1, 40), normal(2, 200)).result, "pass");
  });

  it("says error, and why, where the sides cannot be compared", () => {
    const errors: [Metric["candidate"], Metric["baseline"], Partial<Metric>, RegExp][] = [
      [
        [1, 2, 3],
        { events: 1, total: 2 },
        {},
        /^numbers and counts cannot be compared: the candidate has numbers, the baseline counts$/,
      ],
      [[1, { events: 1, total: 2 }] as never, [1, 2], {}, /the candidate has mixed/],
      [
        { events: 3, total: 2 },
        { events: 1, total: 2 },
        {},
        /^the candidate has 3 events of 2: 0 to the total is possible$/,
      ],
      [{ events: 1, total: 2 }, { events: -1, total: 2 }, {}, /^the baseline has -1 events of 2/],
      [{ events: NaN, total: 2 }, { events: 1, total: 2 }, {}, /^the candidate has NaN events/],
      [
        normal(1, 60, -5, 1),
        normal(2, 60),
        { maxRatio: 1.2 },
        /^maxRatio needs values that are not negative, and there is -/,
      ],
    ];
    for (const [candidate, baseline, more, reason] of errors) {
      const { result, reason: said } = only(candidate, baseline, more);
      assert.equal(result, "error", said);
      assert.match(said, reason);
    }
  });

  describe("with maxRatio", () => {
    it("tolerates up to the limit, is inconclusive where it may be chance, and finds what is demonstrably above", () => {
      const at = (center: number) => only(normal(1, 60, center), normal(2, 60), { maxRatio: 1.2 });
      assert.deepEqual(
        [at(100), at(112), at(124), at(150)].map(({ result }) => result),
        ["pass", "pass", "inconclusive", "high"],
      );
      assert.match(at(112).reason, /1\.1\d* times the baseline, the limit is 1\.2 times/);
      assert.match(at(124).reason, /1\.2\d times the baseline, the limit is 1\.2 times; that may be chance/);
      assert.ok(at(112).pValue! < 1e-6, "the raw p-value is against no difference");
    });

    it("finds a drift once it has left what is tolerated, and not before", () => {
      const rising = (by: number) => normal(1, 120, 90, 2).map((value, index) => value * (1 + (by * index) / 120));
      const at = (by: number, more = {}) =>
        only(rising(by), normal(2, 120, 100, 2), { maxRatio: 1.2, uneven: true, ...more });
      assert.deepEqual([at(0.2).detector, at(0.2, { maxRatio: 1.01 }).detector], ["location", "trend"]);
      assert.deepEqual([at(0.6).result, at(0.6).detector], ["high", "trend"]);
      const falling = (by: number) =>
        only(rising(-by), normal(2, 120, 90, 2), { maxRatio: 1.2, uneven: true, worse: "lower" });
      assert.deepEqual([falling(0.1).detector, falling(0.25).detector], ["location", "trend"]);
    });

    it("takes what is lower as the ratio the other way round", () => {
      const at = (center: number) => only(normal(1, 60, center), normal(2, 60), { maxRatio: 1.2, worse: "lower" });
      assert.deepEqual(
        [at(90), at(60)].map(({ result }) => result),
        ["pass", "low"],
      );
      assert.match(at(60).reason, /the limit is 0\.833 times/);
      const either = (center: number) => only(normal(1, 60, center), normal(2, 60), { maxRatio: 1.2, worse: "either" });
      assert.deepEqual(
        [either(90), either(60), either(110), either(150)].map(({ result }) => result),
        ["pass", "low", "pass", "high"],
      );
    });

    it("holds proportions against the limit: 1.1 times the errors", () => {
      const at = (events: number) =>
        only({ events, total: 100_000 }, { events: 1000, total: 100_000 }, { maxRatio: 1.1 });
      assert.deepEqual(
        [at(1000), at(1099), at(1150), at(1400)].map(({ result }) => result),
        ["pass", "pass", "inconclusive", "high"],
      );
      const engaged = (events: number) =>
        only({ events, total: 10_000 }, { events: 6000, total: 10_000 }, { maxRatio: 1.05, worse: "lower" });
      assert.deepEqual(
        [engaged(6100), engaged(5800), engaged(5690), engaged(5000)].map(({ result }) => result),
        ["pass", "pass", "inconclusive", "low"],
      );
    });

    it("asks only for what is worse than tolerated, tail and spread too", () => {
      const slower = normal(1, 200).map((value) => 1.15 * value);
      assert.equal(only(slower, normal(2, 200)).result, "high");
      assert.equal(only(slower, normal(2, 200), { maxRatio: 1.2 }).result, "pass");
      assert.equal(only(slower, normal(2, 200), { maxRatio: 1.2, worse: "either" }).result, "pass");
    });
  });

  describe("of counts", () => {
    const intervals = (seed: number, length: number, rate: (index: number) => number): Count[] => {
      const chance = new Chance(seed, "counts");
      return Array.from({ length }, (_, index) => ({ events: chance.binomial(500, rate(index)), total: 500 }));
    };

    it("sums the intervals, and finds twice the errors", () => {
      const { result, detector, effect } = only(
        intervals(1, 24, () => 0.02),
        intervals(2, 24, () => 0.01),
      );
      assert.deepEqual([result, detector], ["high", "proportion"]);
      assert.ok(Math.abs(effect! - 0.01) < 0.004);
    });

    it("does not take bursts of errors for a difference that is spread over all requests", () => {
      const bursts = (index: number) => (index % 12 === 5 ? 0.2 : 0.01);
      const [candidate, baseline] = [intervals(1, 24, bursts), intervals(2, 24, () => 0.01)];
      const total = (counts: Count[]) => ({
        events: counts.reduce((sum, { events }) => sum + events, 0),
        total: 12_000,
      });
      assert.equal(only(total(candidate), total(baseline)).result, "high");
      const { result, adjustedPValue } = only(candidate, baseline);
      assert.equal(result, "pass");
      assert.ok(adjustedPValue! > 0.05);
    });

    it("finds twice the errors beside an outage that both colors had", () => {
      const outage = (rate: number) => (index: number) => (index % 12 === 5 ? 0.15 : rate);
      const [candidate, baseline] = [intervals(1, 96, outage(0.02)), intervals(2, 96, outage(0.01))];
      assert.equal(only(candidate, baseline).result, "high");
      assert.notEqual(only(candidate, baseline.slice(1)).result, "high");
    });

    it("takes counts that monitoring has extrapolated, and intervals that only one side has", () => {
      const { result, pValue } = only({ events: 2.5, total: 999.5 }, { events: 2.4, total: 1000.4 });
      assert.equal(result, "pass");
      assert.equal(pValue, 1);
      const holes = (seed: number, hole: number) =>
        intervals(seed, 24, () => 0.01).map((count, index) => (index % 8 === hole ? null : count));
      assert.equal(only(holes(1, 3), holes(2, 5)).result, "pass");
      assert.equal(only(holes(1, 3), holes(2, 3)).result, "pass");
    });

    it("passes no totals that could show nothing", () => {
      const { result, reason } = only({ events: 0, total: 50 }, { events: 0, total: 50 });
      assert.equal(result, "inconclusive");
      assert.match(reason, /too few to pass: totals of 50 and 50; they can show nothing below a change to \d/);
    });
  });

  it("takes dependent values for fewer than they are", () => {
    const alarms = (correlation: number) => {
      let count = 0;
      for (let seed = 0; seed < 200; seed++) {
        const chance = new Chance(seed, `dependent ${correlation}`);
        const [candidate, baseline] = [
          autocorrelated(chance, 60, correlation),
          autocorrelated(chance, 60, correlation),
        ];
        const { pValue } = only(candidate, baseline);
        count += Number(pValue! <= 0.05);
      }
      return count;
    };
    assert.ok(alarms(0.5) > 3 * alarms(0), "the raw p-value is wrong on them: that is why");
  });

  it("takes values up to the largest there are", () => {
    const large = (seed: number, center: number) => normal(seed, 60, center).map((value) => value * 1e304);
    assert.equal(only(large(1, 100), large(2, 100)).result, "pass");
    assert.equal(only(large(1, 130), large(2, 100)).result, "high");
  });

  it("corrects for the number of metrics: what one metric shows is lost among fifty", () => {
    const weak = metric(normal(1, 60, 110), normal(2, 60));
    const others = Array.from({ length: 49 }, (_, index) => metric(normal(100 + index, 60), normal(200 + index, 60)));
    assert.equal(judged([weak]).metrics[0]!.result, "high");
    const among = judged([weak, ...others]).metrics[0]!;
    assert.notEqual(among.result, "high");
    assert.ok(among.adjustedPValue! > judged([weak]).metrics[0]!.adjustedPValue!);
  });

  it("spends its alpha over the looks of a rollout", () => {
    const metrics = [metric(normal(1, 60, 110), normal(2, 60))];
    assert.equal(judge({ metrics }).metrics[0]!.result, "high");
    assert.deepEqual(judgeLook({ metrics, look: 3, looks: 100 }), judge({ metrics, alpha: 0.05 / 100 }));
    assert.notEqual(judgeLook({ metrics, look: 3, looks: 100 }).metrics[0]!.result, "high");
  });
});
