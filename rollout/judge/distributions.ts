/** The distributions that the judge needs, in the one form in which it uses them: how probable more is. */
import { bdtrc, incbet, ndtr, ndtri, stdtri } from "cephes";

/** Below it no probability is told apart from 0: an infinite quantile would be of no use. */
const LEAST = 1e-300;

/** P(Z >= z) of the standard normal distribution. */
export function normalAbove(z: number): number {
  return ndtr(-z);
}

/** The z that a standard normal value reaches or exceeds with the given probability. */
export function normalReached(probability: number): number {
  return -ndtri(Math.max(probability, LEAST));
}

/** P(T >= t) of Student's distribution with whole degrees of freedom; the normal one where they are infinite. */
export function studentAbove(t: number, degrees: number): number {
  if (!Number.isFinite(degrees)) {
    return normalAbove(t);
  }
  const beyond = incbet(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2;
  return t >= 0 ? beyond : 1 - beyond;
}

/** The t that Student's distribution reaches or exceeds with the given probability. */
export function studentReached(probability: number, degrees: number): number {
  if (!Number.isFinite(degrees)) {
    return normalReached(probability);
  }
  if (last.probability !== probability || last.degrees !== degrees) {
    last = { probability, degrees, reached: -stdtri(degrees, Math.max(probability, LEAST)) };
  }
  return last.reached;
}

/** It is found step by step, and asked for again and again: metrics of a look have the same level, and mostly the same length. */
let last = { probability: NaN, degrees: NaN, reached: NaN };

/** P(X >= count) for X successes in `trials`, each with `probability`. */
export function binomialAtLeast(count: number, trials: number, probability: number): number {
  return count <= 0 ? 1 : bdtrc(count - 1, trials, probability);
}

/**
 * The probabilities, times a constant, of how many of `drawn` ones come from the first of two groups, when they are drawn without
 * putting back. Numbers so improbable that their weight is 0 are left out.
 */
export function hypergeometricWeights(drawn: number, first: number, second: number): Map<number, number> {
  const [least, most] = [Math.max(0, drawn - second), Math.min(drawn, first)];
  const middle = Math.floor(((drawn + 1) * (first + 1)) / (first + second + 2));
  const mode = Math.min(most, Math.max(least, middle));
  const weights = new Map([[mode, 1]]);
  /** How much more probable one more is. */
  const step = (count: number) => ((drawn - count) * (first - count)) / ((count + 1) * (second - drawn + count + 1));
  for (let count = mode, weight = 1; count < most && weight > 0; count++) {
    weight *= step(count);
    weights.set(count + 1, weight);
  }
  for (let count = mode, weight = 1; count > least && weight > 0; count--) {
    weight /= step(count - 1);
    weights.set(count - 1, weight);
  }
  return weights;
}

/** P(X >= count) for X of `drawn` ones from the first of two groups. */
export function hypergeometricAtLeast(count: number, first: number, second: number, drawn: number): number {
  let [all, atLeast] = [0, 0];
  for (const [each, weight] of hypergeometricWeights(drawn, first, second)) {
    all += weight;
    atLeast += each >= count ? weight : 0;
  }
  return atLeast / all;
}
