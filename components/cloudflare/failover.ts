/** How soon the edge sees that a region is down, and moves its users. */
export interface FailoverTiming {
  /** Time between two checks of an origin from one data center, seconds. */
  intervalSeconds: number;
  /** Failed checks in a row that make an origin unhealthy. */
  failures: number;
  /** How long a check waits for an answer, seconds. */
  timeoutSeconds: number;
  /** Attempts after one that timed out, made at once, before the check counts as failed. */
  retries: number;
  /** How long the verdict takes to reach every data center of the edge, seconds. */
  propagationSeconds: number;
}

/**
 * The longest time from the moment a region stops answering until no request is sent to it, in seconds. Pure.
 *
 * The region fails just after a check passed, so the first failed check comes a whole interval later; the last one
 * waits for all its attempts to time out; then the verdict spreads. A proxied host name adds no time to live of DNS.
 */
export function failoverSeconds(timing: FailoverTiming): number {
  return (
    timing.intervalSeconds * timing.failures + timing.timeoutSeconds * (timing.retries + 1) + timing.propagationSeconds
  );
}
