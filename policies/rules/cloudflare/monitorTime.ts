import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { MONITOR } from "./internal/balancing";

export const monitorTime: ResourceRule = {
  id: "cloudflare-monitor-time",
  title: "Health checks notice a dead region within the time that is promised",
  area: "availability",
  severity: "critical",
  frameworks: [soc2("A1.2"), iso27001("A.5.30"), gdpr("32(1)(c)")],
  why: "Until the check fails, users are sent to a region that does not answer.",
  fix: "Lower interval, consecutiveDown, timeout and retries: interval × consecutiveDown + timeout × (retries + 1) is at most recoverySeconds of cutover:policies.",
  scope: "resource",
  settings: ["recoverySeconds"],
  types: [MONITOR],
  check(monitor, { report, settings }) {
    // Cloudflare's own defaults: every 60 s, down at the first failure, 5 s and 2 retries.
    const failures = Math.max(1, monitor.number("consecutiveDown") ?? 0);
    const attempts = (monitor.number("retries") ?? 2) + 1;
    const seconds = (monitor.number("interval") ?? 60) * failures + (monitor.number("timeout") ?? 5) * attempts;
    if (seconds > settings.recoverySeconds) {
      report(`a dead origin is noticed after ${seconds} s, and ${settings.recoverySeconds} s are promised`);
    }
  },
};
