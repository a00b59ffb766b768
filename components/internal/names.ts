/**
 * Names that two layers, or a peer outside the program, have to agree on. Everything else is named by Pulumi. Pure.
 */

/** The two colors: complete copies of the application. */
export type Color = "blue" | "green";

/**
 * The most characters of a target group's name.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const TARGET_GROUP_NAME_LIMIT = 32;

/** Name under which the functions of the colors are routed, beside the workloads. */
export const FUNCTION_TARGET = "function";

/** The namespace of the monitoring, which alone may read the pods' metrics. */
export const MONITORING_NAMESPACE = "monitoring";

/**
 * The namespace of a color, the same in every region. Service accounts are `system:serviceaccount:<namespace>:<workload>`:
 * the subject that IAM roles and Azure's federated credentials trust.
 */
export function namespaceName(deployment: string, color: Color): string {
  return `${deployment}-${color}`;
}

/** The namespace of what a release does once for each database, and belongs to no color. */
export function releaseNamespaceName(deployment: string): string {
  return `${deployment}-release`;
}

/** The namespace of what stands in front of both colors inside a cluster: its gateway, routes and switches. */
export function productionNamespaceName(deployment: string): string {
  return `${deployment}-production`;
}

/** The namespace of what both colors stand on inside a cluster, and that no cloud has for them: the database. */
export const INFRASTRUCTURE_NAMESPACE = "infrastructure";

/**
 * What a provider knows a cluster by that has no name of its own in the world, such as an ARN. Its fourth part is the region,
 * as in an ARN.
 */
export function clusterId(region: string, name: string): string {
  return `cutover:cluster::${region}:${name}`;
}

/** The region of a cluster's identifier; `undefined` for one of another form. */
export function regionOfCluster(id: string | undefined): string | undefined {
  return /^cutover:cluster::([^:]+):/.exec(id ?? "")?.[1];
}

/** Value of `app.kubernetes.io/component` of what answers with the maintenance page inside a cluster. */
export const PAGE_COMPONENT = "maintenance-page";

/** Label of a router inside a cluster: the region that it routes in, which no identifier of a Kubernetes object says. */
export const REGION_LABEL = "cutover/region";

/** Annotation of a router inside a cluster: the context of kubeconfig that reaches the cluster, for the day without Pulumi. */
export const CONTEXT_ANNOTATION = "cutover/context";

/**
 * The name of a target group. The traffic layer makes the group, the application layer's target group binding finds it
 * by this name.
 *
 * @throws RangeError above 32 characters, the limit of Elastic Load Balancing.
 */
export function targetGroupName(deployment: string, color: Color, workload: string): string {
  const name = `${deployment}-${color}-${workload}`;
  if (name.length > TARGET_GROUP_NAME_LIMIT) {
    throw new RangeError(
      `target group name ${name} has ${name.length} characters, ${TARGET_GROUP_NAME_LIMIT} are allowed: ` +
        "shorten deployment.name or the workload's name",
    );
  }
  return name;
}

/** A version as part of a Kubernetes or AWS name: `2.2.0` as `2-2-0`. */
export function versionSlug(version: string): string {
  return version.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

/** A host name as part of a resource's name: `api.example.com` as `api-example-com`. */
export function hostSlug(host: string): string {
  return host.replaceAll(".", "-");
}
