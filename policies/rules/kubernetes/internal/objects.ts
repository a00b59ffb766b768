import type { Graph, Resource } from "../../../graph";
import { Node } from "../../../node";

/**
 * The type of a kind in every version of its group, such as `kind("apps", "Deployment")`.
 *
 * @param group - Groups and kinds are parts of a regular expression: `a|b` stands for both.
 */
export function kind(group: string, name: string): RegExp {
  return new RegExp(`^kubernetes:(${group})/v\\w+:(${name})$`);
}

export const NAMESPACE = kind("core", "Namespace");
/** What keeps a number of pods running, and can spread them. */
export const REPLICATED = kind("apps|extensions|argoproj\\.io", "Deployment|StatefulSet|Rollout");
export const AUTOSCALER = kind("autoscaling", "HorizontalPodAutoscaler");

/** The name in the cluster; undefined while Pulumi has not made it up yet. @throws Undetermined when it is not known. */
export function nameOf(object: Resource): string | undefined {
  return object.text("metadata.name") ?? object.id?.split("/").at(-1);
}

/** The namespace that an object names: its own, else its provider's, else `default`. @throws Undetermined when not known. */
export function namespaceOf(object: Resource): string {
  return object.text("metadata.namespace") ?? object.provider?.text("namespace") ?? "default";
}

/** Whether two objects are in one cluster: whether one provider manages them. */
function sameCluster(one: Resource, other: Resource): boolean {
  return one.record.provider === other.record.provider;
}

/** Whether an object is in a namespace. While the name is not known, it is the namespace that its metadata depends on. */
export function isIn(object: Resource, namespace: Resource): boolean {
  if (!sameCluster(object, namespace)) {
    return false;
  }
  return object.isUnknown("metadata.namespace") || namespace.isUnknown("metadata.name")
    ? dependsOn(object, "metadata", namespace)
    : namespaceOf(object) === nameOf(namespace);
}

/** The objects of a type in the namespace of an object. */
export function neighbors(object: Resource, graph: Graph, type: RegExp): Resource[] {
  return graph.ofType(type).filter((other) => sameNamespace(object, other));
}

function sameNamespace(one: Resource, other: Resource): boolean {
  if (!sameCluster(one, other)) {
    return false;
  }
  if (!one.isUnknown("metadata.namespace") && !other.isUnknown("metadata.namespace")) {
    return namespaceOf(one) === namespaceOf(other);
  }
  const others = new Set(other.record.propertyDependencies?.metadata);
  return (one.record.propertyDependencies?.metadata ?? []).some((urn) => others.has(urn));
}

/** Whether the engine says that a property depends on a resource. */
export function dependsOn(object: Resource, property: string, target: Resource): boolean {
  return object.record.propertyDependencies?.[property]?.includes(target.urn) === true;
}

/** The autoscaler of a workload; undefined when it has none. */
export function autoscalerOf(workload: Resource, graph: Graph): Resource | undefined {
  const reference = "spec.scaleTargetRef";
  return neighbors(workload, graph, AUTOSCALER).find((autoscaler) => {
    if (autoscaler.isUnknown(`${reference}.name`) || workload.isUnknown("metadata.name")) {
      return dependsOn(autoscaler, "spec", workload);
    }
    return (
      autoscaler.text(`${reference}.name`) === nameOf(workload) &&
      workload.type.endsWith(`:${autoscaler.text(`${reference}.kind`)}`)
    );
  });
}

/**
 * Whether a label selector selects a set of labels. An empty one selects everything, an absent one nothing.
 *
 * @throws Undetermined when a label of either is not known.
 */
export function selects(owner: Node, path: string, labels: Node | undefined): boolean {
  if (!owner.has(path)) {
    return false;
  }
  const label = (key: string) => labels?.text(`["${key}"]`);
  const wanted = new Node(owner.get(`${path}.matchLabels`) ?? {});
  return (
    wanted.keys("").every((key) => label(key) === wanted.text(`["${key}"]`)) &&
    owner.list(`${path}.matchExpressions`).every((expression) => meets(expression, label(expression.text("key") ?? "")))
  );
}

function meets(expression: Node, value: string | undefined): boolean {
  const values = expression.texts("values");
  switch (expression.text("operator")) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    default:
      return value === undefined;
  }
}

/** The labels of the pods of a Deployment or its like; undefined when they have none. */
export function podLabelsOf(workload: Resource): Node | undefined {
  return workload.nodes("spec.template.metadata.labels")[0];
}

/** Whether a workload is turned off: no pod is asked for. */
export function isOff(workload: Resource): boolean {
  return workload.number("spec.replicas") === 0;
}
