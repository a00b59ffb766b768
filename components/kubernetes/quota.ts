import type * as inputs from "@pulumi/kubernetes/types/input";
import type { Workloads } from "../../stacks/config/workloads";
import { gibibytes, quantityValue } from "../internal/quantity";
import type { PodCount } from "./workload";

/**
 * The most that a color's namespace may ask for: each workload's most pods with those that an update adds, its consumers, a run of
 * each schedule. So a runaway autoscaler, or somebody with access to the namespace, cannot starve the other color. It does not
 * depend on capacity: a stage that raises it changes pods and nothing else. Pure.
 */
export function quotaSpec(
  workloads: Workloads,
  pods: Readonly<Record<string, Pick<PodCount, "ceiling">>>,
): inputs.core.v1.ResourceQuotaSpec {
  const total = { pods: 0, cpu: 0, memory: 0, gpus: 0 };
  for (const [name, { resources, update, schedules, consumer }] of Object.entries(workloads)) {
    const surged = (count: number) => count + Math.ceil((count * Number.parseInt(update.maxSurge, 10)) / 100);
    const count = surged(pods[name]!.ceiling) + surged(consumer?.pods.min ?? 0) + Object.keys(schedules).length;
    total.pods += count;
    total.cpu += count * quantityValue(resources.requests.cpu);
    total.memory += count * gibibytes(resources.requests.memory);
    total.gpus += count * resources.gpus;
  }
  return {
    hard: {
      pods: String(total.pods),
      "requests.cpu": `${Math.ceil(total.cpu * 1_000)}m`,
      "requests.memory": `${Math.ceil(total.memory * 1_024)}Mi`,
      ...(total.gpus > 0 ? { "requests.nvidia.com/gpu": String(total.gpus) } : {}),
      // Ways into the cluster and disks are the platform's.
      "services.loadbalancers": "0",
      "services.nodeports": "0",
      persistentvolumeclaims: "0",
    },
  };
}
