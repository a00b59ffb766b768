import type * as pulumi from "@pulumi/pulumi";
import { CONTEXT_ANNOTATION, REGION_LABEL } from "../internal/names";

/** What requests inside a cluster are routed to: a workload, whose Service has its name in the namespace of each color. */
export interface ClusterRoute {
  /** Paths, with `/*` at the end for everything under one; empty for the route that takes the rest. */
  paths: readonly string[];
  /** Port of the Services. */
  port: number;
}

/** What every router inside a cluster is told. */
export interface ClusterRouterArgs {
  /** Percentage of the cluster's requests that green serves. */
  greenPercent: number;
  /** Name of the deployment: the namespaces of the colors begin with it. */
  deployment: string;
  /** The region that the cluster is. */
  region: string;
  /** Context of kubeconfig that reaches the cluster, for commands without Pulumi. */
  context: pulumi.Input<string>;
  /** Namespace of the router. */
  namespace: pulumi.Input<string>;
  /** The routes, by workload. Every route of a cluster has the same split. */
  routes: Readonly<Record<string, ClusterRoute>>;
}

/** Metadata of what a router is made of. */
export function clusterRouterMetadata({ deployment, region, context, namespace }: ClusterRouterArgs, name: string) {
  return {
    name,
    namespace,
    labels: {
      "app.kubernetes.io/name": name,
      "app.kubernetes.io/part-of": deployment,
      "app.kubernetes.io/managed-by": "pulumi",
      [REGION_LABEL]: region,
    },
    annotations: { [CONTEXT_ANNOTATION]: context },
  };
}
