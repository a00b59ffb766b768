import { z } from "zod";
import { filled, type Placeholder } from "./placeholders";

/** The form of an id in metric math. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
const id = z.string().regex(/^[a-z][A-Za-z0-9_]*$/, "letters, digits and _, beginning with a small letter");

/** What a query of a CloudWatch source is, as JSON. */
const querySchema = z.strictObject({
  /** Metric math over the ids of `metrics`, or a SEARCH: one time series. */
  expression: z.string().min(1).max(2048),
  metrics: z
    .record(
      id,
      z.strictObject({
        namespace: z.string().min(1),
        name: z.string().min(1),
        stat: z.string().min(1),
        dimensions: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default({}),
});

export type CloudWatchQuery = z.infer<typeof querySchema>;

/** Why a text is no query of CloudWatch, in a sentence; undefined when it is one. */
export function notCloudWatch(text: string): string | undefined {
  try {
    querySchema.parse(JSON.parse(text));
    return undefined;
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    return issue === undefined
      ? "it is no JSON"
      : `${issue.path.map(String).join(".") || "the whole"}: ${issue.message}`;
  }
}

/** A query with its placeholders filled in, inside its strings only. @throws Error when it is none. */
export function cloudWatchQuery(text: string, values: Readonly<Record<Placeholder, string>>): CloudWatchQuery {
  const fill = (_: string, value: unknown) => (typeof value === "string" ? filled(value, values) : value);
  return querySchema.parse(JSON.parse(text, fill));
}
