import type { Color } from "../../stacks/config/fields";
import { HEALTHY, type Behavior } from "./behavior";
import { within, type Latency } from "./latency";
import type { Noise } from "./noise";
import { nothing, type Counts } from "./track";
import type { WorkloadView } from "./view";

/** How long requests and calls to AI take while nothing is wrong. */
export const LATENCY: Readonly<Latency> = { median: 0.16, spread: 0.75, tail: 0 };
export const AI_LATENCY: Readonly<Latency> = { median: 1.1, spread: 0.6, tail: 0 };

/** Requests of a session, and requests for each of the rest: orders of magnitude of a learning application. */
const REQUESTS_PER = { session: 20, selection: 60, aiCall: 12, connection: 2 } as const;
const ENGAGED = 0.72;
const FLOW = { mean: 74, deviation: 12 } as const;

/** How many times as long requests take where more come than can be answered: those that are not refused wait. */
const FULL_QUEUE = 15;

/** How busy what grows by itself becomes at most. */
const MOST_ELASTIC = 0.8;

/** A request that takes longer, in seconds, is slow: the strategy's limit of the 95th percentile. */
export const SLOW_SECONDS = 2;

/** What one color of one region meets in one cell of time. */
export interface CellInput {
  /** Index of the cell: what chance is drawn from. */
  cell: number;
  seconds: number;
  /** Requests a second of the whole region. */
  rate: number;
  /** Requests a second of a load generator, while the maintenance page is on. */
  synthetic: number;
  /** Part of the requests of all regions that comes to this region, 0 to 1. */
  regionPart: number;
  color: Color;
  workloads: readonly (readonly [mix: number, view: WorkloadView])[];
  /** Whether the database in a region answers. */
  answers: (region: string) => boolean;
  /** Requests a second that a target can take. */
  perTarget: number;
  behavior: Readonly<Behavior>;
  /** Chance of this color in this region, and of the region. */
  noise: Noise;
  weather: Noise;
}

/** What there was to do for a color, and what there was to do it with. */
interface Demand {
  /** Part of the region's requests. */
  share: number;
  /** Part of its requests that is refused for want of targets. */
  refused: number;
  /** Part of its requests that needs a database which does not answer. */
  stranded: number;
  logSlowness: number;
  utilization: number;
}

/** What is counted in a cell: what happened to the requests that the routers really sent to a color. */
export function countCell(input: CellInput): Counts {
  const { cell, seconds, noise, weather, behavior, regionPart } = input;
  const { share, refused, stranded, logSlowness, utilization } = demandOf(input);
  const counts = nothing();
  counts.utilization = utilization;
  counts.memory = behavior.memory;
  const requests = noise.count(input.rate * share * seconds, cell, 1);
  if (requests === 0) {
    return counts;
  }
  const some = (mean: number, kind: number) => noise.count(mean, cell, kind);
  const part = (total: number, probability: number, kind: number) => noise.part(total, probability, cell, kind);

  counts.requests = requests;
  counts.failedCapacity = part(requests, refused, 2);
  counts.failedDatabase = part(requests - counts.failedCapacity, stranded, 17);
  const answered = requests - counts.failedCapacity - counts.failedDatabase;
  counts.failedOrdinary = part(answered, HEALTHY.errors, 3);
  counts.failedRelease = part(answered - counts.failedOrdinary, behavior.errors - HEALTHY.errors, 4);

  const drift = 0.04 * weather.drift(cell, 20, 2);
  const logMedian = Math.log(LATENCY.median) + Math.log(behavior.slowness) + logSlowness + drift;
  const latency: Latency = { ...LATENCY, median: Math.exp(logMedian), tail: behavior.tail };
  counts.slow = requests * (1 - within(latency, SLOW_SECONDS));
  counts.logMedian = requests * logMedian;
  counts.tail = requests * behavior.tail;
  counts.deviate = Math.sqrt(requests) * noise.normal(cell, 5);

  counts.aiCalls = some(requests / REQUESTS_PER.aiCall, 6);
  counts.aiErrors = part(counts.aiCalls, behavior.aiErrors, 7);
  counts.logAi = counts.aiCalls * Math.log(behavior.aiSlowness);
  counts.aiDeviate = Math.sqrt(counts.aiCalls) * noise.normal(cell, 8);
  counts.connections = some(requests / REQUESTS_PER.connection, 9);
  counts.connectionFailures = part(counts.connections, behavior.connectionFailures, 10);

  counts.sessions = some(requests / REQUESTS_PER.session, 11);
  counts.crashes = part(counts.sessions, behavior.crashes, 12);
  counts.engaged = part(counts.sessions, ENGAGED + 0.01 * weather.drift(cell, 60, 3), 13);
  counts.flow = counts.sessions * FLOW.mean + Math.sqrt(counts.sessions) * FLOW.deviation * noise.normal(cell, 14);
  counts.selections = some((requests * behavior.selections) / REQUESTS_PER.selection, 15);
  counts.reports = some((behavior.reports * regionPart * share * seconds) / 3_600, 16);
  return counts;
}

function demandOf({ color, workloads, rate, synthetic, perTarget, answers }: CellInput): Demand {
  let share = 0;
  let refused = 0;
  let stranded = 0;
  let logSlowness = 0;
  let targets = 0;
  for (const [mix, { share: shares, synthetic: generated, ready, elastic, database }] of workloads) {
    const part = mix * (shares[color] + (rate === 0 ? 0 : ((generated?.[color] ?? 0) * synthetic) / rate));
    const busy = ready[color] === 0 ? Infinity : (rate * part) / (ready[color] * perTarget);
    const load = elastic && busy !== Infinity ? Math.min(busy, MOST_ELASTIC) : busy;
    targets += ready[color];
    if (part > 0) {
      share += part;
      stranded += database?.[color] === undefined || answers(database[color]) ? 0 : part;
      refused += part * (load > 1 ? 1 - 1 / load : 0);
      logSlowness += part * Math.log(slowness(load));
    }
  }
  const utilization = targets === 0 ? 0 : (rate * share) / (targets * perTarget);
  return share === 0
    ? { share: 0, refused: 0, stranded: 0, logSlowness: 0, utilization }
    : { share, refused: refused / share, stranded: stranded / share, logSlowness: logSlowness / share, utilization };
}

/** How many times as long requests take when targets are busy: a queue, until it is full. */
function slowness(load: number): number {
  if (load === Infinity) {
    return 1; // The load balancer answers at once that nobody is there.
  }
  return load >= 1 ? FULL_QUEUE : Math.min(FULL_QUEUE, 1 + (0.05 * load ** 4) / (1 - load));
}
