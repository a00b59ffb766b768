import { binomialAtLeast, hypergeometricWeights, normalAbove, normalReached } from "./distributions";
import type { Count } from "./types";

/** Events from which on the exact test is left for its approximation. */
const EXACT_EVENTS = 10_000;
/** Expected events from which on the score test of a ratio is accurate also far out (Koopman 1984: from 5, near 5 %). */
const SCORE_EVENTS = 50;

/**
 * Whether two proportions differ: Fisher's exact test, two-sided as in R and SciPy (all tables that are not more probable);
 * the score test without correction where there are {@link EXACT_EVENTS} or more on every side of the table.
 */
export function proportionTest(candidate: Count, baseline: Count): number {
  const [own, other] = [whole(candidate), whole(baseline)];
  const [events, total] = [own.events + other.events, own.total + other.total];
  if (Math.min(events, total - events) >= EXACT_EVENTS) {
    return 2 * normalAbove(Math.abs(ratioScore(candidate, baseline, 1)));
  }
  // Events and what is left of the totals are two sides of the same table: the fewer are quicker to go through.
  const few = 2 * events <= total;
  const weights = hypergeometricWeights(few ? events : total - events, own.total, other.total);
  const observed = weights.get(few ? own.events : own.total - own.events) ?? 0;
  let [all, notMore] = [0, 0];
  for (const weight of weights.values()) {
    all += weight;
    // Equally probable tables differ in their last bits.
    notMore += weight <= observed * (1 + 1e-7) ? weight : 0;
  }
  return Math.min(1, notMore / all);
}

/** Monitoring extrapolates: Prometheus counts 2.9 events. */
function whole({ events, total }: Count): Count {
  return { events: Math.round(events), total: Math.round(total) };
}

/**
 * P-value, one-sided, of the candidate's proportion being more than `limit` times the baseline's: the score test, or where
 * events are few the exact test of two Poisson rates, which errs on the side of the candidate.
 */
export function aboveLimit(candidate: Count, baseline: Count, limit: number): number {
  const events = candidate.events + baseline.events;
  const share = (limit * candidate.total) / (limit * candidate.total + baseline.total);
  const fewest = Math.min(events * share, events * (1 - share), candidate.total + baseline.total - events);
  return fewest >= SCORE_EVENTS
    ? normalAbove(ratioScore(candidate, baseline, limit))
    : binomialAtLeast(Math.round(candidate.events), Math.round(events), share);
}

/**
 * The score statistic of the hypothesis that the candidate's proportion is `limit` times the baseline's (Koopman 1984),
 * standard normal where that is so, positive above.
 */
export function ratioScore(candidate: Count, baseline: Count, limit: number): number {
  const [x1, n1, x0, n0] = [candidate.events, candidate.total, baseline.events, baseline.total];
  // The likeliest baseline proportion under the hypothesis: the smaller root of a quadratic.
  const a = (n1 + n0) * limit;
  const b = n1 * limit + x1 + n0 + x0 * limit;
  const expected = (b - Math.sqrt(Math.max(0, b * b - 4 * a * (x1 + x0)))) / (2 * a);
  const own = Math.min(1, limit * expected);
  const variance = (own * (1 - own)) / n1 + (limit ** 2 * expected * (1 - expected)) / n0;
  const difference = x1 / n1 - (limit * x0) / n0;
  return variance > 0 ? difference / Math.sqrt(variance) : 0;
}

/**
 * Confidence interval of the difference of two proportions: Newcombe's hybrid of two score intervals (1998, method 10).
 *
 * @param inflation - How many times the binomial variance there is; 1 for independent events.
 */
export function differenceInterval(candidate: Count, baseline: Count, alpha: number, inflation = 1): [number, number] {
  const z = normalReached(alpha / 2) * Math.sqrt(inflation);
  const [own, other] = [wilson(candidate, z), wilson(baseline, z)];
  const difference = own.rate - other.rate;
  return [
    difference - Math.hypot(own.rate - own.low, other.high - other.rate),
    difference + Math.hypot(own.high - own.rate, other.rate - other.low),
  ];
}

/** Wilson's score interval. A larger z is the same as fewer events. */
function wilson({ events, total }: Count, z: number): { rate: number; low: number; high: number } {
  const rate = events / total;
  const center = rate + z ** 2 / (2 * total);
  const half = z * Math.sqrt((rate * (1 - rate)) / total + z ** 2 / (4 * total ** 2));
  const scale = 1 + z ** 2 / total;
  return { rate, low: (center - half) / scale, high: (center + half) / scale };
}
