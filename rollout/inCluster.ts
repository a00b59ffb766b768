import { CONTEXT_ANNOTATION, REGION_LABEL } from "../components/internal/names";
import { fields, text, type Fields } from "../pulumi/json";
import { word, type RouterRecord } from "./routerKind";

/** A router inside a cluster. */
export interface InClusterRecord extends RouterRecord {
  /** Context of kubeconfig that reaches the cluster. */
  context: string;
  namespace: string;
  name: string;
}

/** Where an object stands, as its metadata says. */
export function placeOf(properties: Fields): Omit<InClusterRecord, "urn"> {
  const { labels, annotations, namespace, name } = fields(properties.metadata);
  const region = text(fields(labels)[REGION_LABEL]);
  return {
    region,
    context: text(fields(annotations)[CONTEXT_ANNOTATION] ?? region),
    namespace: text(namespace),
    name: text(name),
  };
}

/** The beginning of a command on what stands beside a router. */
export function kubectl({ context, namespace }: InClusterRecord): string {
  return `kubectl --context ${word(context)} --namespace ${namespace}`;
}

/** Routers that one command can name: those of one cluster and namespace. */
export function together<R extends InClusterRecord>(routers: readonly R[]): R[][] {
  const groups = new Map<string, R[]>();
  for (const router of routers) {
    const key = kubectl(router);
    groups.set(key, [...(groups.get(key) ?? []), router]);
  }
  return [...groups.values()];
}
