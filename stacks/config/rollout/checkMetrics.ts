import type { RolloutConfig } from ".";
import { notCloudWatch } from "../../../rollout/metrics/cloudWatchQuery";
import { PLACEHOLDERS, unknownPlaceholders } from "../../../rollout/metrics/placeholders";
import { seconds } from "../fields";
import type { Issue } from "../issue";
import { collect } from "../salvage";
import type { Metric } from "./metrics";

/** What metrics, their sources, and the webhooks and channels beside them must be. */
export function checkMetrics(rollout: RolloutConfig): Issue[] {
  const { metrics, sources, hooks, channels } = rollout;
  return collect(
    ...Object.keys(metrics).flatMap((name) => [
      () => checkQuery(`rollout.metrics.${name}`, metrics[name]!, rollout),
      () => checkWindow(`rollout.metrics.${name}.window`, metrics[name]!, rollout),
      () => checkRequests(name, rollout),
    ]),
    ...Object.keys(sources).map((name) => () => {
      const source = sources[name]!;
      const path = `rollout.sources.${name}.url`;
      switch (source.kind) {
        case "prometheus":
          return checkUrl(path, source.url, source.tokenFrom);
        case "datadog":
          return checkUrl(path, source.url, source.apiKeyFrom);
        case "cloudwatch":
          return [];
      }
    }),
    ...Object.keys(hooks).map((name) => () => {
      const hook = hooks[name]!;
      return "webhook" in hook ? checkUrl(`rollout.hooks.${name}.webhook`, hook.webhook, hook.tokenFrom) : [];
    }),
    ...Object.keys(channels).map((name) => () => {
      const { shape, keyFrom } = channels[name]!;
      const path = `rollout.channels.${name}.keyFrom`;
      if (shape === "pagerduty" && keyFrom === undefined) {
        return [{ path, message: "is required: the environment variable that holds PagerDuty's routing key" }];
      }
      return shape !== "pagerduty" && keyFrom !== undefined
        ? [{ path, message: `only with shape pagerduty: ${shape} has no such key`, value: keyFrom, remove: true }]
        : [];
    }),
  );
}

function checkQuery(path: string, { query, source, total }: Metric, { sources }: RolloutConfig): Issue[] {
  const at = `${path}.query`;
  const kind = Object.hasOwn(sources, source) ? sources[source]!.kind : undefined;
  const issues: Issue[] = unknownPlaceholders(query).map((name) => ({
    path: at,
    message: `unknown placeholder ${name}; allowed: ${PLACEHOLDERS.map((each) => `$${each}`).join(", ")}`,
    value: query,
  }));
  if (kind === "datadog" && !/\.rollup\(\s*\w+\s*,\s*\$window\s*\)/.test(query)) {
    issues.push({
      path: at,
      message: "a query with .rollup(METHOD, $window): Datadog chooses how long a point is otherwise",
      value: query,
    });
  }
  if (kind === "cloudwatch") {
    const problem = notCloudWatch(query);
    if (problem !== undefined) {
      issues.push({
        path: at,
        message: `a query of CloudWatch as JSON, {"expression": …, "metrics": {…}}; ${problem}`,
        value: query,
      });
    }
    if (total === "query" || total === "only") {
      issues.push({
        path: `${path}.total`,
        message: "mean, max, sum or none: CloudWatch answers for one region at a time",
        value: total,
      });
    }
  }
  return issues;
}

function checkWindow(path: string, { window }: Metric, { interval }: RolloutConfig): Issue[] {
  if (window === undefined) {
    return [];
  }
  const least = Math.max(60, seconds(interval));
  return seconds(window) >= least
    ? []
    : [
        {
          path,
          message: `${least}s at least: a shorter one leaves out what happens between two samples`,
          value: window,
        },
      ];
}

/** A value and the count of what it is about are of the same time and the same regions. */
function checkRequests(name: string, { metrics }: RolloutConfig): Issue[] {
  const metric = metrics[name]!;
  const path = `rollout.metrics.${name}`;
  const issues: Issue[] = [];
  if (metric.minRequests !== undefined && metric.requests === undefined) {
    issues.push({
      path: `${path}.requests`,
      message: "is required with minRequests: the metric that counts them",
    });
  }
  if (metric.perMinute !== undefined && !Object.keys(metrics).some((other) => metrics[other]!.requests === name)) {
    issues.push({
      path: `${path}.perMinute`,
      message: "only for a metric that another one names under requests",
      value: metric.perMinute,
      remove: true,
    });
  }
  const counted =
    metric.requests === undefined || !Object.hasOwn(metrics, metric.requests) ? undefined : metrics[metric.requests];
  if (counted !== undefined && counted.window !== metric.window) {
    const window = counted.window ?? "the interval";
    issues.push({
      path: `${path}.requests`,
      message: `a count over the same window (${metric.window ?? "the interval"}): that of ${metric.requests} is ${window}`,
      value: metric.requests,
    });
  }
  if (counted?.total === "none" && metric.total !== "none") {
    issues.push({
      path: `${path}.requests`,
      message: `a count that has a total, as ${name} has: rollout.metrics.${metric.requests}.total is none`,
      value: metric.requests,
    });
  }
  return issues;
}

/** A credential stands in no config, and goes over no connection that others can read. */
function checkUrl(path: string, text: string, tokenFrom: string | undefined): Issue[] {
  const { username, password, protocol, hostname } = new URL(text);
  if (username !== "" || password !== "") {
    return [{ path, message: "no user and password: a credential comes from the environment", value: hidden(text) }];
  }
  return tokenFrom === undefined || protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname)
    ? []
    : [{ path, message: "https: it is sent a credential", value: text }];
}

function hidden(text: string): string {
  const url = new URL(text);
  return `${url.protocol}//…@${url.host}${url.pathname}`;
}
