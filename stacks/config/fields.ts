import { z } from "zod";

/**
 * The field types that the config sections share. Pure: nothing here imports Pulumi.
 *
 * Numbers are never coerced: a bare coercion reads "" and null as 0, and for a traffic weight that is an outage.
 */

/** The two colors: complete copies of the application, one active and one candidate. */
export const COLORS = ["blue", "green"] as const;
export const color = z.enum(COLORS);
export type Color = z.infer<typeof color>;

/** The color that is not `of`. */
export function otherColor(of: Color): Color {
  return of === "blue" ? "green" : "blue";
}

/** A number, or a string of digits (`pulumi config set` stores `"25"` when told to keep strings). */
const DECIMAL = "a number, or a string of digits";
const decimal = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^\d+(\.\d+)?$/, DECIMAL)
      .transform(Number),
  ],
  DECIMAL,
);

/** A percentage of requests, 0 to 100. What each router can express of it is checked where the routers are known. */
export const percent = decimal.pipe(z.number().min(0).max(100));

/** A whole number of things, at least `min`. */
export const count = (min = 0) => decimal.pipe(z.number().int().min(min));

/** An AWS region code such as `eu-west-1`. */
export const awsRegion = z.string().regex(/^[a-z]{2}(-gov)?-[a-z]+-\d$/, "an AWS region code such as eu-west-1");

/** An AWS account id: twelve digits, quoted in YAML so that leading zeros survive. */
export const awsAccount = z.string().regex(/^\d{12}$/, "twelve digits, in quotes");

/** An IPv4 range in CIDR notation. */
export const cidr = z.cidrv4("an IPv4 range such as 10.20.0.0/16");

/** A DNS name without a trailing dot. */
export const hostname = z
  .string()
  .regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/,
    "a DNS name in lower case, without a trailing dot",
  );

/** A container image by digest: a tag can be moved, a digest is what was tested. */
export const image = z
  .string()
  .regex(
    /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+(:[\w.-]+)?@sha256:[0-9a-f]{64}$/,
    "an image by digest: registry/name@sha256:<64 hex digits>",
  );

/** A length of time: `90s`, `5m`, `1h30m`, `2d`. See {@link seconds}. */
export const duration = z
  .string()
  .regex(/^(?=\d)(\d+d)?(\d+h)?(\d+m)?(\d+s)?$/, "a length of time such as 90s, 5m, 1h30m or 2d");

/** A length of time in seconds. */
export function seconds(text: string): number {
  const unit = { d: 86_400, h: 3_600, m: 60, s: 1 };
  let total = 0;
  for (const [, value, letter] of text.matchAll(/(\d+)([dhms])/g)) {
    total += Number(value) * unit[letter as keyof typeof unit];
  }
  return total;
}

/** A daily window in UTC, as RDS and ElastiCache write it: `03:00-04:00`. */
export const dailyWindow = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, "hh:mm-hh:mm in UTC");

/** A weekly window in UTC, as RDS and ElastiCache write it: `sun:04:00-sun:05:00`. */
export const weeklyWindow = z
  .string()
  .regex(
    /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/,
    "ddd:hh:mm-ddd:hh:mm in UTC",
  );

/** A Kubernetes resource quantity: `500m`, `1Gi`. Two are compared only when both are valid. */
export const quantity = z.string().regex(/^\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/, {
  error: "a Kubernetes quantity in quotes, such as 500m or 1Gi",
  abort: true,
});

/** A name that is a DNS label: at most `max` characters. */
export const label = (max = 63) =>
  z
    .string()
    .max(max)
    .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, "lower-case letters, digits and hyphens, starting with a letter");

/** Key of a Kubernetes label or taint: an optional DNS prefix and a name. */
export const labelKey = z
  .string()
  .regex(/^([a-z0-9.-]+\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/, "a Kubernetes label key");
export const labelValue = z.string().regex(/^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/, "a Kubernetes label value");

/** A mailbox that receives alerts. */
export const email = z.email();

/** How long a log is kept, in days: the lengths that CloudWatch Logs knows. Never for ever. */
export const logRetentionDays = z.literal([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);
