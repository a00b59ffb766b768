import { failed, latencyOf, part, spread, type MetricInput, type Modeled } from "./parts";

/** What browsers measure, and what users do and say of it: it follows how long requests take, and how many fail. */
export const EXPERIENCE: Readonly<Record<string, Modeled>> = {
  // Three pages in a session.
  "page-views": { what: "pages that were loaded in the window", value: ({ counts }) => 3 * counts.sessions },
  "page-load-p75": vital("s", 1.1, 4.5, 41),
  "fcp-p75": vital("s", 0.6, 2, 42),
  "lcp-p75": vital("s", 1, 3.5, 43),
  "inp-p75": vital("s", 0.11, 0.3, 44),
  "cls-p75": vital("", 0.05, 0, 45),
  "complaint-rate": part("% of sessions", (counts) => counts.reports, "sessions"),
  "login-success-rate": suffers("% of attempts", 98.6, 0.3, 46),
  "session-completion-rate": suffers("% of practice sessions", 88, 0.8, 47),
  "assessment-completion-rate": suffers("% of assessments", 86, 0.8, 48),
  "prediction-accuracy": {
    what: "% of the model's predictions",
    value: (input) => served(input, 91 + spread(input, 49, 0.4)),
  },
  "sessions-of-normal": suffers("% of the sessions a week ago", 100, 1.2, 50),
  "tickets-of-normal": {
    what: "% of the support tickets a week ago",
    value: (input) => served(input, 97 * (1 + 10 * failing(input)) + spread(input, 51, 3)),
  },
  satisfaction: { what: "of 5", value: (input) => served(input, 4.4 - 4 * failing(input) + spread(input, 52, 0.03)) },
};

/** A measure of browsers, at the 75th percentile of page views. @param per - How much a second of a typical request adds. */
function vital(what: string, base: number, per: number, kind: number): Modeled {
  return {
    what,
    value: (input) => {
      const latency = latencyOf(input);
      return latency === undefined || input.counts.sessions === 0
        ? NaN
        : (base + per * latency.median) * Math.exp(spread(input, kind, 0.3 / Math.sqrt(input.counts.sessions)));
    },
  };
}

/** A percentage of which each request that fails takes its part. */
function suffers(what: string, percent: number, size: number, kind: number): Modeled {
  return {
    what,
    value: (input) => served(input, percent * (1 - failing(input)) + spread(input, kind, size)),
  };
}

/** Part of the requests that fail. */
function failing({ counts }: MetricInput): number {
  return failed(counts) / counts.requests;
}

/** What nobody was asked for has no value. */
function served({ counts }: MetricInput, value: number): number {
  return counts.requests === 0 ? NaN : value;
}
