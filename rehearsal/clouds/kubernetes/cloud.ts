import type { Json } from "../../../rollout/engine";
import {
  CloudError,
  type Cloud,
  type Created,
  type CreateRequest,
  type DeleteRequest,
  type Properties,
  type ResourceRequest,
  type UpdateRequest,
  type World,
} from "../../engine/cloud";
import { fields, text } from "../../../pulumi/json";
import { invent, INVENTED_TIME, inventUuid } from "../invent";
import { checkChange, checkObject } from "./checks";
import { clusterKey } from "./clusterKey";
import { KINDS, OWN_NAMESPACES, RELEASE, type Kind } from "./kinds";
import * as releases from "./releases";

const NAMESPACE = "kubernetes:core/v1:Namespace";

/** The Kubernetes clusters: objects by cluster, namespace and name. Every object is healthy as soon as it is there. */
export const kubernetes: Cloud = {
  package: "kubernetes",

  models: (type) => type === RELEASE || Object.hasOwn(KINDS, type),

  create(request: CreateRequest, world: World): Created {
    if (request.type === RELEASE) {
      return releases.create(request, world);
    }
    const kind = kindOf(request.type);
    const metadata = fields(request.inputs.metadata);
    const invented = metadata.name === undefined;
    const name = invented ? `${request.name}-${invent("hex", 8, `${request.seed}\0name`)}` : text(metadata.name);
    checkObject(kind, name, request.inputs);
    const namespace = namespaceOf(request, kind);
    if (namespace !== undefined) {
      checkNamespace(request, world, namespace);
    }
    const id = namespace === undefined ? name : `${namespace}/${name}`;
    const key = clusterKey(request.provider, id);
    const holder = world.get(request.type, key);
    if (holder !== undefined) {
      throw new CloudError(`${kind.resource} "${name}" already exists (held by ${holder.urn ?? holder.id})`);
    }
    const outputs = {
      metadata: {
        ...metadata,
        ...(invented ? { annotations: { ...fields(metadata.annotations), "pulumi.com/autonamed": "true" } } : {}),
        name,
        ...(namespace === undefined ? {} : { namespace }),
        uid: inventUuid(`${request.seed}\0uid`),
        resourceVersion: invent("digits", 7, `${request.seed}\0version`).replace(/^0/, "1"),
        generation: 1,
        creationTimestamp: INVENTED_TIME,
      },
      ...status(kind, request.inputs),
    };
    world.put({
      type: request.type,
      id: key,
      stack: request.stack,
      urn: request.urn,
      properties: { ...request.inputs, ...outputs },
    });
    return { id, outputs };
  },

  update(request: UpdateRequest, world: World): Record<string, Json> {
    if (request.type === RELEASE) {
      return releases.update(request, world);
    }
    const kind = kindOf(request.type);
    const recorded = fields(request.oldOutputs.metadata);
    const metadata = fields(request.inputs.metadata);
    checkObject(kind, text(recorded.name), request.inputs);
    checkChange(request.type, kind, text(recorded.name), request.oldInputs, request.inputs);
    const annotations = { ...autonamed(recorded), ...fields(metadata.annotations) };
    const { name, namespace, uid, creationTimestamp } = recorded;
    const outputs = {
      metadata: {
        ...metadata,
        ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
        name: name!,
        ...(namespace === undefined ? {} : { namespace }),
        uid: uid!,
        resourceVersion: String(Number(recorded.resourceVersion) + 1),
        generation: Number(recorded.generation) + 1,
        creationTimestamp: creationTimestamp!,
      },
      ...status(kind, request.inputs),
    };
    world.put({
      type: request.type,
      id: clusterKey(request.provider, request.id),
      stack: request.stack,
      urn: request.urn,
      properties: { ...request.inputs, ...outputs },
    });
    return outputs;
  },

  delete(request: DeleteRequest, world: World): void {
    world.remove(request.type, clusterKey(request.provider, request.id));
  },
};

function kindOf(type: string): Kind {
  const kind = KINDS[type];
  if (kind === undefined) {
    throw new CloudError(`${type} is not modeled: add it to rehearsal/clouds/kubernetes/kinds.ts`);
  }
  return kind;
}

function namespaceOf({ inputs, provider }: ResourceRequest, kind: Kind): string | undefined {
  if (kind.namespaced === false) {
    return undefined;
  }
  return text(fields(inputs.metadata).namespace ?? provider.namespace ?? "default");
}

function checkNamespace({ provider }: ResourceRequest, world: World, namespace: string): void {
  if (!OWN_NAMESPACES.has(namespace) && world.get(NAMESPACE, clusterKey(provider, namespace)) === undefined) {
    throw new CloudError(`namespaces "${namespace}" not found`);
  }
}

function status(kind: Kind, inputs: Properties): { status?: Record<string, Json> } {
  return kind.status === undefined ? {} : { status: kind.status(fields(inputs.spec)) };
}

function autonamed(metadata: Properties): Record<string, Json> {
  const value = fields(metadata.annotations)["pulumi.com/autonamed"];
  return value === undefined ? {} : { "pulumi.com/autonamed": value };
}
