/** The namespace of every config key of the program. */
export const NAMESPACE = "cutover";

/** As many letters may be wrong, missing or too many for a namespace to count as a slip. */
const SLIP = 2;

/** Whether a full key, such as `cutovr:cloud`, is in a namespace that is nearly the program's: nothing would read it. */
export function isSlip(key: string): boolean {
  const namespace = key.slice(0, Math.max(0, key.indexOf(":")));
  return namespace !== NAMESPACE && isWithin(SLIP, namespace, NAMESPACE);
}

/** Whether so many changes of one letter make one text of the other. */
function isWithin(changes: number, one: string, other: string): boolean {
  if (one === "" || other === "") {
    return Math.max(one.length, other.length) <= changes;
  }
  const [shorterOne, shorterOther] = [one.slice(1), other.slice(1)];
  if (one[0] === other[0]) {
    return isWithin(changes, shorterOne, shorterOther);
  }
  return (
    changes > 0 &&
    [
      [shorterOne, other],
      [one, shorterOther],
      [shorterOne, shorterOther],
    ].some(([left, right]) => isWithin(changes - 1, left!, right!))
  );
}
