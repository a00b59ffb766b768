/** How one color behaves in one region, steadily: everything that production's queries read. */
export interface Behaving {
  requestsPerMinute: number;
  /** Percent that fail; undefined for a workload that has not failed yet: its counter is not there. */
  errors: number | undefined;
  /** Seconds that the slowest tenth of the requests take. */
  slowSeconds: number;
  /** Percent of sessions. */
  crashes: number;
  reportsPerHour: number;
  engagement: number;
  flow: number;
  selectionsPerMinute: number;
  /** Percent of calls. */
  aiErrors: number;
  /** Percent of attempts. */
  connectionFailures: number;
  /** Percent of the limits. */
  cpu: number;
  memory: number;
  /** Seconds that the replica of the region is behind; undefined where the other color says it: they share it. */
  replicaLag?: number;
}

/** A color in a region, and how it behaves there. */
export interface Place extends Behaving {
  color: string;
  region: string;
}

const BOUNDARIES = [0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30];
const PODS = ["a", "b"];

/**
 * What pods, and what watches them, expose from one moment to another, in the OpenMetrics text format: two pods of each place,
 * scraped every 15 seconds. Counters do not begin at 0, as those of pods that have run for a while.
 *
 * @param from - Seconds since the epoch, as everything here.
 * @param alertFrom - A critical alert fires from then on.
 */
export function openMetrics(places: readonly Place[], from: number, to: number, alertFrom: number): string {
  const lines: string[] = [];
  for (let at = from; at <= to; at += 15) {
    const add = (name: string, labels: Record<string, string>, value: number) =>
      lines.push(
        `${name}{${Object.entries(labels)
          .map(([label, text]) => `${label}="${text}"`)
          .join(",")}} ${value} ${at}`,
      );
    add("up", { job: "api" }, 1);
    if (at >= alertFrom) {
      add("ALERTS", { alertname: "HighErrorRate", alertstate: "firing", severity: "critical" }, 1);
    }
    places.forEach((place) => PODS.forEach((pod) => addPod(place, pod, at - from, add)));
  }
  return `${lines.join("\n")}\n# EOF\n`;
}

type Add = (name: string, labels: Record<string, string>, value: number) => void;

function addPod(place: Place, pod: string, seconds: number, add: Add): void {
  const { color, region } = place;
  const labels = { color, region, workload: "api", pod };
  const count = (perMinute: number) => 1_000 + (perMinute / PODS.length) * (seconds / 60);
  const sessions = place.requestsPerMinute / 20;
  const counters: Record<string, number | undefined> = {
    http_requests_total: place.requestsPerMinute,
    http_requests_failed_total: place.errors === undefined ? undefined : (place.requestsPerMinute * place.errors) / 100,
    client_sessions_total: sessions,
    client_crashes_total: (sessions * place.crashes) / 100,
    client_sessions_engaged_total: (sessions * place.engagement) / 100,
    user_reports_total: place.reportsPerHour / 60,
    ai_requests_total: place.requestsPerMinute / 10,
    ai_requests_failed_total: (place.requestsPerMinute * place.aiErrors) / 1_000,
    database_connections_total: place.requestsPerMinute / 2,
    database_connections_failed_total: (place.requestsPerMinute * place.connectionFailures) / 200,
  };
  for (const [name, perMinute] of Object.entries(counters)) {
    if (perMinute !== undefined) {
      add(name, labels, count(perMinute));
    }
  }
  for (const boundary of [...BOUNDARIES, Infinity]) {
    const part = boundary >= place.slowSeconds ? 1 : boundary >= 0.25 ? 0.9 : 0;
    const le = boundary === Infinity ? "+Inf" : String(boundary);
    add("http_request_duration_seconds_bucket", { ...labels, le }, count(place.requestsPerMinute * part));
  }
  add("average_flow_state_percentage", labels, place.flow);
  add("career_selections_per_minute", labels, place.selectionsPerMinute / PODS.length);
  if (place.replicaLag !== undefined) {
    add("database_replica_lag_seconds", labels, place.replicaLag);
  }
  const container = { namespace: `pathfinity-${color}`, region, pod, container: "api" };
  // A core and a GiB each are the limits.
  add("container_cpu_usage_seconds_total", container, (seconds * place.cpu) / 100);
  add("container_memory_usage_bytes", container, (2 ** 30 * place.memory) / 100);
  // The sum of the pod's containers, which cAdvisor exposes beside them.
  add("container_memory_usage_bytes", { ...container, container: "" }, 2 ** 30);
  add("kube_pod_container_resource_limits", { ...container, resource: "cpu", unit: "core" }, 1);
  add("kube_pod_container_resource_limits", { ...container, resource: "memory", unit: "byte" }, 2 ** 30);
}
