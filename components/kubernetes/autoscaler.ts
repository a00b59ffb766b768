import type * as inputs from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { WorkloadConfig } from "../../stacks/config/workloads";

export interface AutoscalerArgs {
  /** Name of the Deployment whose replicas it owns. */
  deployment: pulumi.Input<string>;
  /** Least pods: the floor of the color's capacity. */
  floor: number;
  /** Most pods. */
  ceiling: number;
  scaling: WorkloadConfig["autoscaling"];
}

/** What keeps the number of pods between the floor of the color's capacity and the most that the region may have. Pure. */
export function autoscalerSpec(args: AutoscalerArgs): inputs.autoscaling.v2.HorizontalPodAutoscalerSpec {
  const { scaleDown, scaleUp } = args.scaling;
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: args.deployment },
    minReplicas: args.floor,
    maxReplicas: args.ceiling,
    metrics: metrics(args.scaling),
    behavior: { scaleDown, scaleUp: { ...scaleUp, selectPolicy: "Max" } },
  };
}

function metrics(scaling: WorkloadConfig["autoscaling"]): inputs.autoscaling.v2.MetricSpec[] {
  const { cpu, memory, requestsPerSecond } = scaling;
  const found: inputs.autoscaling.v2.MetricSpec[] = [];
  for (const [name, averageUtilization] of [["cpu", cpu] as const, ["memory", memory] as const]) {
    if (averageUtilization !== undefined) {
      found.push({ type: "Resource", resource: { name, target: { type: "Utilization", averageUtilization } } });
    }
  }
  if (requestsPerSecond !== undefined) {
    const target = { type: "AverageValue", averageValue: String(requestsPerSecond) };
    found.push({ type: "Pods", pods: { metric: { name: "http_requests_per_second" }, target } });
  }
  return found;
}
