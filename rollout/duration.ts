/** A length of time as people say it: 45s, 12m 30s, 2h 5m, 3d 4h. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  const units = [
    [86_400, "d"],
    [3_600, "h"],
    [60, "m"],
    [1, "s"],
  ] as const;
  const parts: string[] = [];
  let rest = whole;
  for (const [size, unit] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && parts.length < 2) {
      parts.push(`${count}${unit}`);
    }
  }
  return parts.join(" ") || "0s";
}
