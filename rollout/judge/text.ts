/** Figures as people read them. */

/** Three significant digits, more for whole numbers; no exponent where it can be read without one. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) {
    return String(value);
  }
  return size >= 1e-4 && size < 1e6 ? String(Number(value.toPrecision(3))) : value.toPrecision(3);
}

/** A proportion as a percentage. */
export function percent(value: number): string {
  return `${figure(Number((100 * value).toPrecision(3)))} %`;
}

/** A p-value: small ones by their order only. */
export function pText(value: number): string {
  return value < 0.0001 ? "p < 0.0001" : `p ${Number(value.toPrecision(2))}`;
}

/** `1 value`, `2 values`. */
export function counted(count: number, noun: string): string {
  return `${figure(count)} ${noun}${count === 1 ? "" : "s"}`;
}
