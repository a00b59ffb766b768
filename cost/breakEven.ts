import { costOf } from "./cost";
import type { CostInputs } from "./inputs";
import type { PriceTable } from "./priceTable";
import type { CostResource } from "./resources";

/** More students than there are on Earth. */
const MOST_STUDENTS = 2 ** 31;

/**
 * The fewest students with which a student costs no more than the budget: what does not grow with students is shared by
 * more. Pure.
 *
 * @returns undefined when no number is enough, because what one student uses costs more than the budget.
 */
export function breakEven(
  resources: readonly CostResource[],
  prices: PriceTable,
  inputs: CostInputs,
): number | undefined {
  // A rounding error is no student.
  const within = (students: number) =>
    costOf(resources, prices, { ...inputs, students }).perStudentDay.steady <= inputs.budgetStudentDay + 1e-9;
  let high = 1;
  while (!within(high)) {
    if (high >= MOST_STUDENTS) {
      return undefined;
    }
    high *= 2;
  }
  let low = high / 2;
  // To one part in a thousand: prices are not known better.
  while (high - low > Math.max(1, high / 1_000)) {
    const middle = Math.floor((low + high) / 2);
    [low, high] = within(middle) ? [low, middle] : [middle, high];
  }
  return high;
}
