import { gibibytes, quantityValue } from "../components/internal/quantity";
import type { Resource } from "../policies/graph";
import type { Node } from "../policies/node";
import { orUndefined, type CostContext } from "./context";

/** Pods of one workload in one region, of all colors. */
export interface PodGroup {
  region: string;
  name: string;
  /** What one pod asks for. */
  cpu: number;
  memoryGiB: number;
  gpus: number;
  /** Pods outside of active hours, as the resources are. */
  rest: number;
  /** The same while both colors have their full floor. */
  bothRest: number;
  /** Pods that active hours add: the autoscaler of the color that serves. */
  growth: number;
  /** Pods that the requests of active hours need in excess of what the autoscaler may have. */
  missing: number;
}

const WORKLOADS = ["kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:StatefulSet"];
/** A PostgreSQL of CloudNativePG: its instances are pods. */
export const POSTGRES = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";

interface ColorPods {
  color: string;
  consumer: boolean;
  floor: number;
  growth: number;
  missing: number;
}

/** The pods that the resources ask for. Jobs and schedules are not counted: they run for minutes. */
export function podGroups(context: CostContext): PodGroup[] {
  const groups = new Map<
    string,
    { sizes: Omit<PodGroup, "rest" | "bothRest" | "growth" | "missing">; colors: ColorPods[] }
  >();
  const scalers = autoscalers(context);
  for (const workload of WORKLOADS.flatMap((type) => context.graph.ofType(type))) {
    orUndefined(() => {
      const region = context.region(workload);
      const labels = (key: string) => workload.text(`metadata.labels["${key}"]`);
      const component = labels("app.kubernetes.io/component") ?? "";
      const name = labels("app.kubernetes.io/name") ?? workload.name;
      const color = labels("cutover/color") ?? "";
      // Without a color nothing says that two are the same workload.
      const key = [region, name, component, color === "" ? workload.urn : ""].join(" ");
      const group = groups.get(key) ?? { sizes: { region, name, ...podSize(workload) }, colors: [] };
      group.colors.push({
        color,
        consumer: component === "consumer",
        ...scaled(context, workload, region, name, scalers.get(target(context, workload, "metadata.name"))),
      });
      groups.set(key, group);
    });
  }
  const databases = context.graph
    .ofType(POSTGRES)
    .flatMap((cluster) => orUndefined(() => [instances(context, cluster)]) ?? []);
  const workloads = [...groups.values()].map(({ sizes, colors }): PodGroup => {
    const floors = colors.map(({ floor }) => floor);
    const rest = floors.reduce((sum, floor) => sum + floor, 0);
    // What takes from queues runs in one color only, and so does what has no color.
    const single = colors.some(({ consumer, color }) => consumer || color === "");
    return {
      ...sizes,
      rest,
      bothRest: single ? rest : Math.max(rest, 2 * Math.max(...floors)),
      growth: Math.max(...colors.map(({ growth }) => growth)),
      missing: Math.max(...colors.map(({ missing }) => missing)),
    };
  });
  return [...workloads, ...databases];
}

/** The instances of a database, which nothing scales. */
function instances(context: CostContext, cluster: Resource): PodGroup {
  const count = cluster.number("spec.instances") ?? 1;
  return {
    region: context.region(cluster),
    name: cluster.text("metadata.name") ?? cluster.name,
    cpu: quantityValue(cluster.text("spec.resources.requests.cpu") ?? "0"),
    memoryGiB: gibibytes(cluster.text("spec.resources.requests.memory") ?? "0"),
    gpus: 0,
    rest: count,
    bothRest: count,
    growth: 0,
    missing: 0,
  };
}

function autoscalers(context: CostContext): Map<string, Resource> {
  return new Map(
    context.graph
      .ofType(AUTOSCALER)
      .flatMap(
        (scaler) => orUndefined(() => [[target(context, scaler, "spec.scaleTargetRef.name"), scaler] as const]) ?? [],
      ),
  );
}

function target(context: CostContext, resource: Resource, name: string): string {
  return [context.region(resource), resource.text("metadata.namespace"), resource.text(name)].join(" ");
}

/** The least pods of one color, and those that active hours add. */
function scaled(
  context: CostContext,
  workload: Resource,
  region: string,
  name: string,
  scaler: Resource | undefined,
): Pick<ColorPods, "floor" | "growth" | "missing"> {
  if (scaler === undefined) {
    return { floor: workload.number("spec.replicas") ?? 1, growth: 0, missing: 0 };
  }
  const floor = scaler.number("spec.minReplicas") ?? 1;
  const ceiling = scaler.number("spec.maxReplicas") ?? floor;
  if (context.students(region) === 0) {
    return { floor, growth: 0, missing: 0 };
  }
  const { requestPercent, autoscalingPercent } = context.inputs.load;
  const { requestsPerStudentDay, activeHours } = context.inputs.load;
  const perSecond =
    (context.students(region) * requestsPerStudentDay * (requestPercent[name] ?? 100)) / 100 / (activeHours * 3_600);
  const metric = scaler.list("spec.metrics").find((each) => each.text("type") === "Pods");
  const each = metric?.text("pods.target.averageValue");
  const needed = each === undefined ? 0 : Math.ceil(perSecond / quantityValue(each));
  const usual = floor + ((ceiling - floor) * autoscalingPercent) / 100;
  return {
    floor,
    growth: Math.min(ceiling, Math.max(needed, usual)) - floor,
    missing: Math.max(0, needed - ceiling),
  };
}

function podSize(workload: Resource): Pick<PodGroup, "cpu" | "memoryGiB" | "gpus"> {
  const containers = workload.list("spec.template.spec.containers");
  const sum = (path: string, read: (quantity: string) => number) =>
    containers.reduce((total, container) => total + quantity(container, path, read), 0);
  return {
    cpu: sum("resources.requests.cpu", quantityValue),
    memoryGiB: sum("resources.requests.memory", gibibytes),
    gpus: sum('resources.limits["nvidia.com/gpu"]', quantityValue),
  };
}

function quantity(container: Node, path: string, read: (quantity: string) => number): number {
  const text = container.text(path);
  return text === undefined ? 0 : read(text);
}
