import type { Color } from "../stacks/config/fields";
import { EngineError, type Step } from "./engine";

/**
 * Names of what a stage may touch: plain text, because the journal keeps them. `color:` everything of a color, `pods:` how many
 * pods it has, `weights` of routers, `database-jobs`, `consumers` and schedules of either color.
 */
export type TouchName = `color:${Color}` | `pods:${Color}` | "weights" | "database-jobs" | "consumers";

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
  const [what, of] = name.split(":") as [string, Color | undefined];
  switch (what) {
    case "color":
      return colorOf(of!);
    case "pods":
      return capacityOf(of!);
    case "weights":
      return listenerWeights;
    case "database-jobs":
      return databaseJobs;
    case "consumers":
      return consumers;
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

/** Whether all that changes is of one form. An update that does not say what it changes could be anything. */
function only(diff: readonly string[], form: RegExp): boolean {
  return diff.length > 0 && diff.every((path) => form.test(path));
}

/** The weights of listener rules: all that a shift of traffic changes. */
const listenerWeights: Touch = {
  what: "the weights of listener rules",
  covers: ({ op, type, diff }) =>
    op === "update" &&
    type === "aws:lb/listenerRule:ListenerRule" &&
    only(diff, /^actions\[\d+\]\.forward\.targetGroups\[\d+\]\.weight$/),
};

/** The jobs that change the databases, and what they run with. */
const databaseJobs: Touch = {
  what: "the jobs of the database change",
  // By type: in a small deployment the databases themselves stand in the same stack, and have names like these.
  covers: ({ op, urn }) =>
    (op === "create" || op === "update" || op === "delete") &&
    urn.split("::")[2]?.split("$")[0] === "cutover:kubernetes:DatabaseChange",
};

/** What takes from queues and runs on schedules, in either color: it has no weight, and moves at once. */
const consumers: Touch = {
  what: "consumers and schedules",
  covers: (step) =>
    (step.type === SCHEDULE || (PODS.includes(step.type) && nameOf(step.urn).includes("-consumer-"))) &&
    onlyResizes(step),
};

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** Names of a color's resources say so: `color-eu-west-1-green-api-server-deployment`. */
function belongsTo({ urn }: Step, color: Color): boolean {
  return nameOf(urn).split("-").includes(color);
}
