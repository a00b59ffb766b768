import { createColors } from "picocolors";
import type { Op } from "../rollout/engine";

/** Colors are for a terminal, unless somebody says otherwise; a pipeline's log stays plain. */
const { env, stdout } = process;
export const colors = createColors(
  !env["NO_COLOR"] && (Boolean(env["FORCE_COLOR"]) || (stdout.isTTY === true && env["TERM"] !== "dumb")),
);

/** How each operation is shown: Pulumi's own signs and colors, so that nobody has to learn new ones. */
const OPERATIONS: Record<Op, { sign: string; paint: (text: string) => string }> = {
  create: { sign: "+", paint: colors.green },
  update: { sign: "~", paint: colors.yellow },
  replace: { sign: "+-", paint: colors.magenta },
  delete: { sign: "-", paint: colors.red },
  same: { sign: " ", paint: colors.dim },
  read: { sign: ">", paint: colors.cyan },
};

/** The sign of an operation, two columns wide, in its color. */
export function sign(op: Op): string {
  return OPERATIONS[op].paint(OPERATIONS[op].sign.padEnd(2));
}

/** Text in the color of an operation. */
export function paint(op: Op, text: string): string {
  return OPERATIONS[op].paint(text);
}

export const { bold, dim, green, red, yellow } = colors;

/** Blue and green in their own colors; the words are always there, so that nothing depends on seeing them. */
export const colorName = { blue: colors.blue, green: colors.green };
