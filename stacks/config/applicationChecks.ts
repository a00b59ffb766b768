import { gibibytes, quantityValue } from "../../components/internal/quantity";
import type { PodGroup } from "../../components/internal/capacity";
import { phasesUpTo } from "./databaseChange";
import { COLORS, otherColor, type Color } from "./fields";
import type { Issue } from "./issue";
import { DATABASE_IMAGE, FUNCTION_IMAGE } from "./releases";
import type { ApplicationConfig } from "./schema";
import { checkPaths, checkPriorities, checkTargets } from "./targetChecks";
import type { WorkloadConfig } from "./workloads";

type Config = Partial<ApplicationConfig<"aws">>;

/** What the sections of the application layer must agree on. Each check is pure and reports everything that it finds. */
export const applicationChecks: readonly ((config: Config) => Issue[])[] = [
  checkImages,
  checkColors,
  checkTargets,
  checkWorkloadNames,
  checkDatabaseChange,
];

/** What they must agree on besides, where load balancers of AWS route to pods. */
export const awsApplicationChecks: readonly ((config: Config) => Issue[])[] = [checkPriorities, checkPace];

/** What they must agree on besides, where routes inside clusters lead to pods. */
export const clusterApplicationChecks: readonly ((config: Config) => Issue[])[] = [checkPaths];

/** The color whose consumers and schedules run. */
export function consumersOf(config: Pick<ApplicationConfig, "active" | "consumers">): Color {
  return config.consumers ?? config.active;
}

/** Name of the pods that take from a workload's queues. */
export function consumerName(workload: string): string {
  return `${workload}-consumer`;
}

/** The pods of both colors, as capacity counts them. Schedules are not counted: they run for minutes. */
export function podGroups(
  config: Pick<ApplicationConfig, "active" | "consumers" | "releases" | "capacity" | "workloads">,
): PodGroup[] {
  return COLORS.filter((color) => config.releases[color] !== undefined).flatMap((color) =>
    Object.entries(config.workloads).flatMap(([name, workload]): PodGroup[] => {
      const group = { name, color, capacity: config.capacity[color], sizing: workload.pods, pod: podSize(workload) };
      const consumer = color === consumersOf(config) ? workload.consumer : undefined;
      return consumer === undefined ? [group] : [group, { ...group, name: consumerName(name), sizing: consumer.pods }];
    }),
  );
}

function podSize({ resources }: WorkloadConfig) {
  const { cpu, memory } = resources.requests;
  return { cpu: quantityValue(cpu), memoryGiB: gibibytes(memory), gpus: resources.gpus };
}

function checkImages({ releases, workloads, functions }: Config): Issue[] {
  if (releases === undefined || workloads === undefined) {
    return [];
  }
  const needed = [...Object.keys(workloads), ...(functions === undefined ? [] : [FUNCTION_IMAGE])];
  const allowed = [...needed, DATABASE_IMAGE];
  return COLORS.flatMap((color) => {
    const images = releases[color]?.images;
    if (images === undefined) {
      return [];
    }
    const path = `releases.${color}.images`;
    const missing = needed
      .filter((name) => images[name] === undefined)
      .map((name) => ({
        path: `${path}.${name}`,
        message: "is required: an image by digest, registry/name@sha256:<64 hex digits>",
      }));
    const unknown = Object.entries(images)
      .filter(([name]) => !allowed.includes(name))
      .map(([name, value]) => ({
        path: `${path}.${name}`,
        message: `unknown key; allowed: ${allowed.join(", ")}`,
        value,
      }));
    const registry = images[FUNCTION_IMAGE];
    const foreign =
      registry === undefined || /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\//.test(registry)
        ? []
        : [{ path: `${path}.${FUNCTION_IMAGE}`, message: "Lambda takes images from Amazon ECR only", value: registry }];
    return [...missing, ...unknown, ...foreign];
  });
}

function checkColors(config: Config): Issue[] {
  const { releases, capacity, active } = config;
  if (releases === undefined || capacity === undefined || active === undefined) {
    return [];
  }
  const idle = COLORS.filter((color) => releases[color] === undefined && capacity[color] !== "off").map((color) => ({
    path: `capacity.${color}`,
    message: `off, because releases.${color} says nothing to run`,
    value: capacity[color],
  }));
  const working: [Color, string][] = [[active, "the active color"]];
  const consumers = consumersOf({ active, consumers: config.consumers });
  if (consumers !== active) {
    working.push([consumers, "the color whose consumers run"]);
  }
  const missing = working.flatMap(([color, what]): Issue[] => {
    if (releases[color] === undefined) {
      return [{ path: `releases.${color}`, message: `is required: ${color} is ${what}` }];
    }
    return capacity[color] === "off"
      ? [{ path: `capacity.${color}`, message: `warm, full or a share, because ${color} is ${what}`, value: "off" }]
      : [];
  });
  return [...idle, ...missing];
}

/** Words that names of resources use: a rollout tells by them what a stage may touch. */
const RESERVED_WORDS: readonly string[] = [...COLORS, "consumer"];

function checkWorkloadNames({ workloads }: Config): Issue[] {
  return Object.keys(workloads ?? {}).flatMap((value): Issue[] => {
    const path = `workloads.${value}`;
    if (value === FUNCTION_IMAGE || value === DATABASE_IMAGE) {
      return [{ path, message: `another name: ${value} stands for an image that is no workload`, value }];
    }
    const word = value.split("-").find((part) => RESERVED_WORDS.includes(part));
    return word === undefined ? [] : [{ path, message: `another name: ${word} is a word of the program's own`, value }];
  });
}

/** Pods leave and come no faster than the load balancer sees it. */
function checkPace({ workloads, targets }: Config): Issue[] {
  if (workloads === undefined || targets === undefined) {
    return [];
  }
  const { deregistrationSeconds, healthCheck } = targets;
  const healthy = healthCheck.intervalSeconds * healthCheck.healthyThreshold;
  return Object.entries(workloads)
    .filter(([, { target }]) => target !== undefined)
    .flatMap(([name, { shutdown, update }]) => {
      const issues: Issue[] = [];
      if (shutdown.drainSeconds < deregistrationSeconds) {
        issues.push({
          path: `workloads.${name}.shutdown.drainSeconds`,
          message: `at least targets.deregistrationSeconds (${deregistrationSeconds}): requests may come that long`,
          value: shutdown.drainSeconds,
        });
      }
      if (update.minReadySeconds < healthy) {
        issues.push({
          path: `workloads.${name}.update.minReadySeconds`,
          message: `at least ${healthy}, the time in which targets.healthCheck finds a new pod healthy: an old one leaves then`,
          value: update.minReadySeconds,
        });
      }
      return issues;
    });
}

function checkDatabaseChange(config: Config): Issue[] {
  const { databaseChange: change, releases, capacity, active } = config;
  if (change === undefined || change.phase === "none" || releases === undefined) {
    return [];
  }
  const path = "databaseChange";
  const color = COLORS.find((candidate) => releases[candidate]?.version === change.release);
  if (color === undefined) {
    const versions = COLORS.flatMap((candidate) => releases[candidate]?.version ?? []);
    return [
      { path: `${path}.release`, message: `the version of a release: ${versions.join(" or ")}`, value: change.release },
    ];
  }
  const issues: Issue[] = [];
  if (releases[color]?.images[DATABASE_IMAGE] === undefined) {
    issues.push({
      path: `releases.${color}.images.${DATABASE_IMAGE}`,
      message: "is required: the image that changes the database",
    });
  }
  if (!change.compatible && !change.maintenance && phasesUpTo(change.phase).includes("migrate")) {
    issues.push({
      path: `${path}.maintenance`,
      message: `true, with the maintenance page on: the active color cannot run on what ${change.phase} leaves behind`,
      value: change.maintenance,
    });
  }
  if (change.phase === "contract" && (color !== active || capacity?.[otherColor(color)] !== "off")) {
    issues.push({
      path: `${path}.phase`,
      message: `contract only when ${change.release} is the active color and ${otherColor(color)} is off: the old release needs what it removes`,
      value: change.phase,
    });
  }
  return issues;
}
