import type { Resource, TypePattern } from "../../../graph";
import type { Node } from "../../../node";
import type { Context } from "../../../rule";

/**
 * Every kind that makes pods, and lists of them; Argo's Rollout besides Kubernetes' own. A patch is not here: it says what
 * changes about a workload, never the whole of it.
 */
export const POD_TYPES: readonly TypePattern[] = [
  /^kubernetes:(core|apps|extensions|batch|argoproj\.io)\/v\w+:(Pod|PodTemplate|ReplicationController|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|Rollout)(List)?$/,
];

/** Where the template of the pods stands in each kind; the pod itself is its own. */
const TEMPLATES: Readonly<Record<string, string>> = {
  Pod: "",
  PodTemplate: "template",
  CronJob: "spec.jobTemplate.spec.template",
};

const CONTAINERS = ["initContainers", "containers", "ephemeralContainers"];

/** Looks at the template (`metadata` and `spec`) of each pod that a resource makes. */
export function eachPod(workload: Resource, context: Context, look: (pod: Node) => void): void {
  const [, kind, list] = /:(\w+?)(List)?$/.exec(workload.type)!;
  const template = TEMPLATES[kind!] ?? "spec.template";
  context.each(list === undefined ? [workload] : workload.list("items"), (object) => {
    context.each(template === "" ? [object] : object.nodes(template), look);
  });
}

/** Looks at each container of a pod: those that initialize, that run, and that are put in to debug. */
export function eachContainerOf(pod: Node, context: Context, look: (container: Node) => void): void {
  context.each(CONTAINERS, (list) => context.each(pod.list(`spec.${list}`), look));
}

/** Looks at each container of each pod of a resource. */
export function eachContainer(workload: Resource, context: Context, look: (container: Node, pod: Node) => void): void {
  eachPod(workload, context, (pod) => eachContainerOf(pod, context, (container) => look(container, pod)));
}

/** Looks at all that have a `securityContext`: the pods' specs, and their containers. */
export function eachSecurityContext(
  workload: Resource,
  context: Context,
  look: (holder: Node, pod: Node) => void,
): void {
  eachPod(workload, context, (pod) => {
    context.each(pod.nodes("spec"), (spec) => look(spec, pod));
    eachContainerOf(pod, context, (container) => look(container, pod));
  });
}

/** The service account that a pod runs as: by the field's name, by its name of old, or the default one. */
export function accountOf(pod: Node): string {
  const [named] = ["serviceAccountName", "serviceAccount"].flatMap((field) => pod.text(`spec.${field}`) ?? []);
  return named === undefined || named === "" ? "default" : named;
}

/** Windows has no seccomp, capabilities or set-user-ID: from v1.25 the standard asks nothing of that sort of its pods. */
export function isWindows(pod: Node): boolean {
  return pod.text("spec.os.name") === "windows";
}

/** Root in a user namespace of its own is nobody on the host: from v1.35 the standard allows it. */
export function hasUserNamespace(pod: Node): boolean {
  return pod.flag("spec.hostUsers") === false;
}

/** The type of a seccomp or AppArmor profile: empty when it has none, undefined where there is no profile. */
export function profileOf(holder: Node, path: string): string | undefined {
  return holder.has(path) ? (holder.text(`${path}.type`) ?? "") : undefined;
}

/** Where a property stands, for messages. */
export function at(node: Node, path: string): string {
  return node.path === "" ? path : `${node.path}.${path}`;
}
