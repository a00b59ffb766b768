/** What held when: values that hold from a moment until the next one. Moments only come later. */
export class Timeline<Value> {
  private readonly entries: { at: number; value: Value }[] = [];

  /** From now on a value holds. Two of one moment: the later counts. */
  public add(at: number, value: Value): void {
    if (this.entries.at(-1)?.at === at) {
      this.entries.pop();
    }
    this.entries.push({ at, value });
  }

  /** What held at a moment; before the first one, what held first. @throws Error while it is empty. */
  public at(moment: number): Value {
    let low = 0;
    let high = this.entries.length - 1;
    if (high < 0) {
      throw new Error("nothing was ever looked at: look() comes first");
    }
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.entries[middle]!.at <= moment) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return this.entries[low]!.value;
  }

  public get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** Since when a condition has held to the end; undefined when it does not hold now. */
  public since(holds: (value: Value) => boolean): number | undefined {
    let since: number | undefined;
    for (const { at, value } of this.entries.toReversed()) {
      if (!holds(value)) {
        break;
      }
      since = at;
    }
    return since;
  }
}
