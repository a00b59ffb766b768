/** Kubernetes quantities as numbers. Pure. */

const FACTORS: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/**
 * A quantity in its base unit: CPU in vCPU, memory in bytes.
 *
 * @throws RangeError for text that is no quantity.
 */
export function quantityValue(quantity: string): number {
  const match = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(quantity);
  const factor = match === null ? undefined : FACTORS[match[2]!];
  if (match === null || factor === undefined) {
    throw new RangeError(
      `${quantity} is no quantity; allowed: a number with m, k, M, G, T, Ki, Mi, Gi or Ti, such as 500m`,
    );
  }
  return Number(match[1]) * factor;
}

/** An amount of memory in GiB. */
export function gibibytes(quantity: string): number {
  return quantityValue(quantity) / 1024 ** 3;
}
