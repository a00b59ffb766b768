/** Moments with the same distance from one to the next. */
export interface Run {
  first: number;
  last: number;
  /** Milliseconds from one to the next; 0 for a single one. */
  step: number;
  count: number;
}

/** Moments as the fewest runs of even distance, from the left, of at most so many each. Pure. */
export function evenRuns(moments: readonly number[], most: number): Run[] {
  const runs: Run[] = [];
  for (const moment of moments) {
    const run = runs.at(-1);
    if (run !== undefined && run.count < most && (run.count === 1 || moment - run.last === run.step)) {
      run.step = moment - run.last;
      run.last = moment;
      run.count += 1;
    } else {
      runs.push({ first: moment, last: moment, step: 0, count: 1 });
    }
  }
  return runs;
}
