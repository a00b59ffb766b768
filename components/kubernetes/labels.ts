import { namespaceName, type Color } from "../internal/names";

/** Which color's objects are labeled. */
export interface ColorIdentity {
  /** Name of the deployment. */
  deployment: string;
  color: Color;
}

/** What part of a workload runs: it serves requests, takes from queues, or works by the clock. */
export type Role = "server" | "consumer" | "schedule";

/** Labels of every object of a color. They do not change with a release. */
export function colorLabels({ deployment, color }: ColorIdentity): Record<string, string> {
  return {
    "app.kubernetes.io/instance": namespaceName(deployment, color),
    "app.kubernetes.io/part-of": deployment,
    "app.kubernetes.io/managed-by": "pulumi",
    "cutover/color": color,
  };
}

/** Labels of a workload's objects. */
export function workloadLabels(identity: ColorIdentity, workload: string): Record<string, string> {
  return { "app.kubernetes.io/name": workload, ...colorLabels(identity) };
}

/** Labels of what runs a release: pods and what makes them. */
export function releaseLabels(
  identity: ColorIdentity,
  workload: string,
  role: Role,
  version: string,
): Record<string, string> {
  return {
    ...workloadLabels(identity, workload),
    "app.kubernetes.io/component": role,
    "app.kubernetes.io/version": version,
  };
}

/** What selects the pods of one role. It never changes, because a selector cannot: so no version. */
export function podSelector(
  { deployment, color }: ColorIdentity,
  workload: string,
  role: Role,
): Record<string, string> {
  return {
    "app.kubernetes.io/name": workload,
    "app.kubernetes.io/instance": namespaceName(deployment, color),
    "app.kubernetes.io/component": role,
  };
}
