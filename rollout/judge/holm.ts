/**
 * Corrects p-values for their number, so that the probability of any false alarm among them is what is stated (Holm 1979).
 * Uniformly more powerful than Bonferroni's correction, and like it valid however the tests depend on each other.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((one, other) => pValues[one]! - pValues[other]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, position) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - position) * pValues[index]!));
    adjusted[index] = largest;
  });
  return adjusted;
}
