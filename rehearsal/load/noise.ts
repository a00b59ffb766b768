/**
 * Chance that can be repeated: a number for each seed, subject and moment, whatever was asked before. So what a fault does not
 * touch stays the same to the last digit.
 */
export class Noise {
  private readonly key: number;

  /** @param subject - What the chance is about, such as a region and a color. */
  public constructor(seed: number, subject: string) {
    let key = mix(seed | 0, Math.floor(seed / 2 ** 32));
    for (let index = 0; index < subject.length; index += 1) {
      key = mix(key, subject.charCodeAt(index));
    }
    this.key = key;
  }

  /** Between 0 and 1, both excluded. @param kind - Tells apart what is drawn at the same moment. */
  public uniform(moment: number, kind: number): number {
    const low = mix(mix(this.key, moment | 0), kind);
    return ((low >>> 0) + 0.5) / 2 ** 32;
  }

  /** With mean 0 and variance 1. */
  public normal(moment: number, kind: number): number {
    return quantile(this.uniform(moment, kind));
  }

  /** How many of events that come by themselves, `mean` on average: Poisson; above 30 rounded from the normal. */
  public count(mean: number, moment: number, kind: number): number {
    if (mean <= 0) {
      return 0;
    }
    const u = this.uniform(moment, kind);
    if (mean > 30) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * quantile(u)));
    }
    let probability = Math.exp(-mean);
    let below = probability;
    let count = 0;
    while (below < u && count < 200) {
      count += 1;
      probability *= mean / count;
      below += probability;
    }
    return count;
  }

  /** How many of so many have what one of them has with a probability: binomial; far from both ends rounded from the normal. */
  public part(total: number, probability: number, moment: number, kind: number): number {
    if (total === 0 || probability <= 0 || probability >= 1) {
      return probability >= 1 ? total : 0;
    }
    const u = this.uniform(moment, kind);
    const mean = total * probability;
    if (mean > 30 && total - mean > 30) {
      return Math.round(mean + Math.sqrt(mean * (1 - probability)) * quantile(u));
    }
    // The rarer of the two is counted: so there are few steps.
    return probability > 0.5 ? total - rare(total, 1 - probability, 1 - u) : rare(total, probability, u);
  }

  /** Between -1 and 1, moving slowly: a new direction every `period` moments. */
  public drift(moment: number, period: number, kind: number): number {
    const knot = Math.floor(moment / period);
    const way = (moment - knot * period) / period;
    const smooth = way * way * (3 - 2 * way);
    return 2 * (this.uniform(knot, kind) * (1 - smooth) + this.uniform(knot + 1, kind) * smooth) - 1;
  }
}

/** The quantile `u` of a binomial distribution with a small mean. */
function rare(total: number, probability: number, u: number): number {
  let here = Math.exp(total * Math.log1p(-probability));
  let below = here;
  let count = 0;
  while (below < u && count < total) {
    here *= ((total - count) / (count + 1)) * (probability / (1 - probability));
    count += 1;
    below += here;
  }
  return count;
}

/** Two numbers into one of 32 bits: MurmurHash3's mixing. */
function mix(hash: number, value: number): number {
  let key = Math.imul(value, 0xcc9e2d51);
  key = Math.imul((key << 15) | (key >>> 17), 0x1b873593);
  let mixed = hash ^ key;
  mixed = Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * Quantile of the standard normal distribution, with a relative error below 1.2e-9 (Acklam's approximation).
 *
 * @param p - Between 0 and 1, both excluded.
 */
export function quantile(p: number): number {
  if (p < 0.02425) {
    return tail(Math.sqrt(-2 * Math.log(p)));
  }
  if (p > 1 - 0.02425) {
    return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  }
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  );
}

function tail(q: number): number {
  return (
    (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
      2.938163982698783) /
    ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
  );
}

/** Distribution function of the standard normal distribution, with an error below 1e-7 (Abramowitz and Stegun 26.2.17). */
export function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const density = 0.3989422804014327 * Math.exp((-x * x) / 2);
  const above =
    density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x > 0 ? 1 - above : above;
}
