import { z } from "zod";
import { count, duration, label } from "../fields";

const httpUrl = z.url({ protocol: /^https?$/, error: "an http or https URL" });

/** Name of an environment variable: where a credential comes from. It is never in config. */
export const environmentName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, "the name of an environment variable, in upper case: the value never stands in config");

const prometheus = z.strictObject({
  kind: z.literal("prometheus"),
  url: httpUrl.describe("Base URL of the HTTP API, without /api/v1."),
  tokenFrom: environmentName.optional().describe("Environment variable that holds a bearer token."),
  timeout: duration.default("10s").describe("How long one query may take."),
});

const cloudwatch = z.strictObject({
  kind: z.literal("cloudwatch"),
  timeout: duration
    .default("10s")
    .describe("How long one query may take. Credentials are those of the environment, as in every AWS tool."),
  delay: duration
    .default("2m")
    .describe(
      "How long after its end a period is read: AWS services report each minute, and arrive late. Rules act that much later.",
    ),
});

const datadog = z.strictObject({
  kind: z.literal("datadog"),
  url: httpUrl
    .default("https://api.datadoghq.com")
    .describe("Base URL of your site's API: https://api.datadoghq.eu, https://api.us5.datadoghq.com."),
  apiKeyFrom: environmentName.default("DD_API_KEY").describe("Environment variable that holds the API key."),
  appKeyFrom: environmentName
    .default("DD_APP_KEY")
    .describe("Environment variable that holds the application key; it needs the permission timeseries_query."),
  timeout: duration.default("10s").describe("How long one query may take."),
  delay: duration
    .default("1m")
    .describe("How long after its end a window is read: agents report each 15 seconds, integrations of clouds later."),
});

export const sourcesSchema = z
  .record(label(), z.discriminatedUnion("kind", [prometheus, cloudwatch, datadog]))
  .describe("Where metrics are read, by name.");

const metric = z.strictObject({
  source: label().describe("Name of the source in `sources`."),
  query: z
    .string()
    .min(1)
    .describe(
      "What is asked, with $color (blue or green), $region (a region; several, joined with |, for the total) and $window. " +
        "Prometheus: a PromQL expression of one value; $window is `60s`. CloudWatch, in each region: metric math as JSON, " +
        "`{expression, metrics: {<id>: {namespace, name, stat, dimensions}}}`; $window is `60`, in whole minutes. " +
        "Datadog: a query of one series that is rolled up over the window, `sum:errors{color:$color AND region IN ($region)}.as_count().rollup(sum, $window)`; several regions are joined with a comma.",
    ),
  window: duration
    .optional()
    .describe(
      "How long a time one value is about: where requests are few, a minute says nothing. @default - the interval, at least one minute",
    ),
  unit: z.string().max(12).default("").describe("Unit of the value, for people: %, s, requests."),
  requests: label()
    .optional()
    .describe(
      "The metric that counts the requests which this one is a ratio or a percentile of, over the same window.",
    ),
  minRequests: count(1)
    .optional()
    .describe("Below so many requests in the window, a value says nothing: the sample is inconclusive."),
  perMinute: count(1)
    .optional()
    .describe(
      "Of a metric that counts: how many there are in a quiet minute, in all regions and both colors together. @default - `requestsPerMinute`",
    ),
  users: z
    .boolean()
    .default(false)
    .describe(
      "Whether it is about what users do: sessions, reports, conversion. While the maintenance page is on there are none: triggers on it are suspended.",
    ),
  total: z
    .enum(["query", "mean", "max", "sum", "none", "only"])
    .default("query")
    .describe(
      "How all regions together are judged, besides each: by one query over them, the mean (weighted by `requests` where there are any), the largest, the sum, or not at all. " +
        "`only`: by one query over them, and no region alone, because it has too few or the value is not regional.",
    ),
});

export const metricsSchema = z.record(label(), metric).describe("What conditions are about, by name.");

export type Sources = z.infer<typeof sourcesSchema>;
export type Source = Sources[string];
export type Metrics = z.infer<typeof metricsSchema>;
export type Metric = Metrics[string];
