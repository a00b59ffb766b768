import type { Color } from "../stacks/config/fields";
import { EngineError, type Step } from "./engine";
import { only } from "./routerKind";
import { kindOf } from "./routerKinds";

/**
 * Names of what a stage may touch: plain text, because the journal keeps them. `color:` everything of a color, `pods:` how many
 * pods it has, `weights` of routers, `maintenance` the page, `database-jobs`, `consumers` and schedules of either color,
 * `active-label` the label that says which color is active, `edge` where its load balancer sends users, `database:` the database
 * of a region with its backups, `database-users:` what pods of a region know of the database, and may do with it.
 */
export type TouchName =
  | `color:${Color}`
  | `pods:${Color}`
  | "weights"
  | "maintenance"
  | "database-jobs"
  | "consumers"
  | "active-label"
  | "edge"
  | `database:${string}`
  | `database-users:${string}`;

/** Resources that a stage may touch, and how. A change that no touch of the stage covers is outside of it. */
export interface Touch {
  /** In words, for a report. */
  what: string;
  /** Whether a step on this resource is covered. */
  covers(step: Step): boolean;
}

/** The steps of a plan that change something. */
export function changed(steps: readonly Step[]): Step[] {
  return steps.filter(({ op }) => op !== "same" && op !== "read");
}

/** The changes of a plan that a stage may not make. */
export function outside(steps: readonly Step[], names: readonly TouchName[]): Step[] {
  const touches = names.map(touchNamed);
  return changed(steps).filter((step) => !touches.some((touch) => touch.covers(step)));
}

/** What a name stands for. */
export function touchNamed(name: TouchName): Touch {
  const [what, of] = name.split(":") as [string, string | undefined];
  switch (what) {
    case "color":
      return colorOf(of as Color);
    case "pods":
      return capacityOf(of as Color);
    case "weights":
      return weights;
    case "maintenance":
      return maintenancePage;
    case "database-jobs":
      return databaseJobs;
    case "consumers":
      return consumers;
    case "active-label":
      return activeLabel;
    case "edge":
      return edge;
    case "database":
      return databaseIn(of!);
    case "database-users":
      return databaseUsersIn(of!);
    default:
      throw new EngineError(
        `no resources are known by the name ${JSON.stringify(name)}: was the journal written by a newer version?`,
      );
  }
}

const PODS = [
  "kubernetes:apps/v1:Deployment",
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  "kubernetes:policy/v1:PodDisruptionBudget",
];
const SCHEDULE = "kubernetes:batch/v1:CronJob";

/** Everything of one color: what a new release of it may bring. */
function colorOf(color: Color): Touch {
  return { what: `everything of ${color}`, covers: (step) => belongsTo(step, color) };
}

/** How many pods one color has, and nothing else of it: no image, no setting. */
function capacityOf(color: Color): Touch {
  return {
    what: `the number of ${color}'s pods`,
    covers: (step) => belongsTo(step, color) && PODS.includes(step.type) && onlyResizes(step),
  };
}

/** Whether a step brings pods, takes them away, or changes how many there are or whether they run: never what they run. */
function onlyResizes({ op, diff }: Step): boolean {
  const sizes = /^spec\.(replicas|minReplicas|maxReplicas|minAvailable|maxUnavailable|suspend)$/;
  return op === "create" || op === "delete" || (op === "update" && only(diff, sizes));
}

/** How routers split requests: all that a shift of traffic changes. */
const weights: Touch = {
  what: "the weights of routers",
  covers: (step) => kindOf(step.type)?.shifts(step) === true,
};

/** What turns the maintenance page on and off. */
const maintenancePage: Touch = {
  what: "the maintenance page",
  covers: (step) => kindOf(step.type)?.turnsPage(step) === true,
};

/** The jobs that change the databases, and what they run with. */
const databaseJobs: Touch = {
  what: "the jobs of the database change",
  // By type: in a small deployment the databases themselves stand in the same stack, and have names like these.
  covers: ({ op, urn }) =>
    (op === "create" || op === "update" || op === "delete") && kindOfTop(urn) === "cutover:kubernetes:DatabaseChange",
};

/** What takes from queues and runs on schedules, in either color: it has no weight, and moves at once. */
const consumers: Touch = {
  what: "consumers and schedules",
  covers: (step) =>
    (step.type === SCHEDULE || (PODS.includes(step.type) && nameOf(step.urn).includes("-consumer-"))) &&
    onlyResizes(step),
};

/** The label of namespaces that says which color is active. */
const activeLabel: Touch = {
  what: "the label of the active color",
  covers: ({ op, type, diff }) =>
    op === "update" &&
    type === "kubernetes:core/v1:Namespace" &&
    only(diff, /^metadata\.labels(\.active|\["active"\])$/),
};

/** Where the edge sends users: one resource. No health check and no rule. */
const edge: Touch = {
  what: "where the edge sends users",
  covers: ({ op, type }) => op === "update" && type === "cloudflare:index/loadBalancer:LoadBalancer",
};

/** A region's database: whether it follows another one, and what backs it up. Nothing goes but the alarm of its lag. */
function databaseIn(region: string): Touch {
  const kinds = ["cutover:aws:DatabaseReplica", "cutover:aws:Backup"];
  return {
    what: `the database of ${region}`,
    covers: ({ op, urn, type }) =>
      (op === "update" || op === "create" || (op === "delete" && type === "aws:cloudwatch/metricAlarm:MetricAlarm")) &&
      kinds.includes(kindOfTop(urn)) &&
      nameOf(urn).includes(`-${region}`),
  };
}

/** What pods of a region are told of the database, and the roles and schedules that follow it. */
function databaseUsersIn(region: string): Touch {
  return {
    what: `what uses the database in ${region}`,
    covers: ({ op, urn }) =>
      op !== "delete" && kindOfTop(urn) === "cutover:kubernetes:Color" && nameOf(urn).includes(`-${region}`),
  };
}

/** Type of the outermost component that a resource belongs to. */
function kindOfTop(urn: string): string {
  return urn.split("::")[2]?.split("$")[0] ?? "";
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** Names of a color's resources say so: `color-eu-west-1-green-api-server-deployment`. */
function belongsTo({ urn }: Step, color: Color): boolean {
  return nameOf(urn).split("-").includes(color);
}
