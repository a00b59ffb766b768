import { z } from "zod";
import { joinPath } from "../../stacks/config/issue";
import { ConfigError } from "../engine";
import type { Count, JudgeInput, Values } from "./types";

/** Values are checked by hand: a file may have a million of them, and each bad one is to be named. */
const values = z.custom<Values>().superRefine((value: unknown, context) => {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const alone = !Array.isArray(value);
  let [bad, first] = [0, -1];
  items.forEach((item, index) => {
    if (!(isCount(item) || (!alone && (item === null || typeof item === "number")))) {
      first = bad === 0 ? index : first;
      bad += 1;
    }
  });
  if (bad > 0) {
    context.addIssue({
      code: "custom",
      path: alone ? [] : [first],
      input: items[first],
      message:
        (alone
          ? 'a list of values in time order, or {"events", "total"}'
          : 'a number, null for a missing one, or {"events", "total"}') +
        (bad > 1 ? `, as for ${bad - 1} more in this list` : ""),
    });
  }
});

const metric = z.strictObject({
  name: z.string().min(1),
  group: z.string().min(1).optional(),
  weight: z.number().min(0).optional(),
  critical: z.boolean().optional(),
  worse: z.enum(["higher", "lower", "either"]),
  maxRatio: z.number().min(1).optional(),
  uneven: z.boolean().optional(),
  baseline: values,
  candidate: values,
});

const input = z
  .strictObject({ alpha: z.number().gt(0).lte(0.5).optional(), metrics: z.array(metric).min(1) })
  .superRefine(({ metrics }, context) => {
    const seen = new Set<string>();
    metrics.forEach(({ name, group }, index) => {
      const key = JSON.stringify([name, group]);
      if (seen.has(key)) {
        context.addIssue({
          code: "custom",
          path: ["metrics", index, "name"],
          input: name,
          message: "a name that no other metric of its group has",
        });
      }
      seen.add(key);
    });
    if (metrics.every((each) => each.weight === 0)) {
      context.addIssue({
        code: "custom",
        path: ["metrics"],
        input: metrics.map((each) => each.weight),
        message: "a weight above 0 for at least one metric",
      });
    }
  });

/**
 * Checks the input of the judge.
 *
 * @param value - What was read: parsed JSON.
 * @param source - Where it comes from, for the message.
 * @throws ConfigError with everything that is wrong with it.
 */
export function parseJudgeInput(value: unknown, source: string): JudgeInput {
  const result = input.safeParse(value, { reportInput: true });
  if (result.success) {
    return result.data;
  }
  const errors = result.error.issues.flatMap(explain);
  const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
  const shown = errors
    .slice(0, SHOWN)
    .map(({ path, message, got }) => `  ${path}\n    ${message}; got ${shortened(got)}`);
  const rest = errors.length > SHOWN ? [`  and ${errors.length - SHOWN} more`] : [];
  throw new ConfigError([`${source} has ${count}:`, ...shown, ...rest].join("\n"));
}

/** A file that a program wrote may be wrong a thousand times over. */
const SHOWN = 50;

function explain(issue: z.core.$ZodIssue): { path: string; message: string; got: unknown }[] {
  const path = issue.path.length === 0 ? "the file" : joinPath(issue.path);
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys((issue.path[0] === "metrics" ? metric : input).shape).join(", ");
    return issue.keys.map((key) => ({
      path: joinPath([...issue.path, key]),
      message: `unknown key; allowed: ${known}`,
      got: (issue.input as Record<string, unknown>)[key],
    }));
  }
  const allowed = issue.message.replace(/^Invalid (input|option): /, "").replace(/, received \w+$/, "");
  return [{ path, message: issue.input === undefined ? `is required: ${allowed}` : allowed, got: issue.input }];
}

function shortened(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Whether it has the shape of a count; whether the count is possible is for the judge to say, of that metric alone. */
function isCount(value: unknown): value is Count {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length === 2 &&
    typeof (value as Partial<Count>).events === "number" &&
    typeof (value as Partial<Count>).total === "number"
  );
}
