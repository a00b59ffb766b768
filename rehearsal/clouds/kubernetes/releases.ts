import type { Json } from "../../../rollout/engine";
import {
  CloudError,
  type Created,
  type CreateRequest,
  type Properties,
  type UpdateRequest,
  type World,
} from "../../engine/cloud";
import { text } from "../../../pulumi/json";
import { invent } from "../invent";
import { clusterKey } from "./clusterKey";
import { OWN_NAMESPACES } from "./kinds";

const NAMESPACE = "kubernetes:core/v1:Namespace";
/** Helm's own limit: names of releases become labels with a revision. */
const MAX_NAME = 53;

/** Installs a chart. What the chart would make is not modeled, except the namespace that the release asks for. */
export function create(request: CreateRequest, world: World): Created {
  const { inputs, provider, stack, urn } = request;
  const name =
    typeof inputs.name === "string" ? inputs.name : `${request.name}-${invent("hex", 8, `${request.seed}\0name`)}`;
  if (name.length > MAX_NAME) {
    throw new CloudError(
      `invalid release name, must match regex and the length must not be longer than ${MAX_NAME}: ${name}`,
    );
  }
  const namespace = text(inputs.namespace ?? provider.namespace ?? "default");
  const namespaceKey = clusterKey(provider, namespace);
  if (!OWN_NAMESPACES.has(namespace) && world.get(NAMESPACE, namespaceKey) === undefined) {
    if (inputs.createNamespace !== true) {
      throw new CloudError(`namespaces "${namespace}" not found`);
    }
    world.put({ type: NAMESPACE, id: namespaceKey, stack, properties: { metadata: { name: namespace } } });
  }
  const id = `${namespace}/${name}`;
  const key = clusterKey(provider, id);
  if (world.get(request.type, key) !== undefined) {
    throw new CloudError(`cannot re-use a name that is still in use: ${id}`);
  }
  const outputs = { name, namespace, status: status(inputs, name, namespace, 1), resourceNames: {} };
  world.put({ type: request.type, id: key, stack, urn, properties: { ...inputs, ...outputs } });
  return { id, outputs };
}

/** Upgrades a release: each upgrade is a revision. */
export function update(request: UpdateRequest, world: World): Record<string, Json> {
  const { inputs, oldOutputs, provider, stack, urn } = request;
  const [namespace, name] = request.id.split("/") as [string, string];
  const revision = Number((oldOutputs.status as { revision?: number }).revision) + 1;
  const outputs = { name, namespace, status: status(inputs, name, namespace, revision) };
  world.put({
    type: request.type,
    id: clusterKey(provider, request.id),
    stack,
    urn,
    properties: { ...oldOutputs, ...inputs, ...outputs },
  });
  return outputs;
}

function status(
  { chart, version }: Properties,
  name: string,
  namespace: string,
  revision: number,
): Record<string, Json> {
  return {
    status: "deployed",
    name,
    namespace,
    revision,
    chart: chart ?? null,
    version: version ?? "",
    appVersion: version ?? "",
  };
}
