import type { Point } from "../series";

/** The path of lines, with a tenth of a unit as resolution and steps relative to each other: short, as there may be many. */
export function pathOf(lines: readonly (readonly Point[])[]): string {
  return lines
    .filter((line) => line.length > 1)
    .map((line) => {
      let [x, y] = [tenth(line[0]!.x), tenth(line[0]!.y)];
      const steps = line.slice(1).map((point) => {
        const [dx, dy] = [tenth(point.x) - x, tenth(point.y) - y];
        [x, y] = [x + dx, y + dy];
        return `${short(dx)}${dy < 0 ? "" : " "}${short(dy)}`;
      });
      return `M${short(tenth(line[0]!.x))} ${short(tenth(line[0]!.y))}l${steps.join(" ")}`;
    })
    .join("");
}

/** Tenths of a unit, whole, so that no error adds up. */
function tenth(value: number): number {
  return Math.round(value * 10);
}

function short(tenths: number): string {
  return String(tenths / 10);
}

/** A coordinate as an attribute. */
export function px(value: number): string {
  return short(tenth(value));
}
