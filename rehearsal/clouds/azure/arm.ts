import type { Json } from "../../../rollout/engine";
import type { Context } from "../context";
import type { Model, NameRule, Value } from "../model";

/** Path of a resource group. */
export const GROUP = "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}";

export interface Arm {
  /** Resource provider and type, as in `Microsoft.CognitiveServices/accounts`. */
  type: string;
  /** Version of the API that the SDK speaks. */
  api: string;
  /** The identifier up to the name. */
  parent: string;
  name: NameRule;
  outputs?: Record<string, Value>;
  derived?: Record<string, Value>;
  checks?: Model["checks"];
}

/** Every resource of Azure's Resource Manager says who made it, and of what type it is. */
export function arm({ type, api, parent, name, outputs, derived, checks }: Arm): Model {
  return {
    id: `${parent}/{name}`,
    scope: "global",
    name: { taken: "Conflict: {name} already exists", ...name },
    outputs: { azureApiVersion: api, name: "{name}", type, ...outputs },
    ...(derived === undefined ? {} : { derived }),
    ...(checks === undefined ? {} : { checks }),
  };
}

/** The part of an identifier below a resource group: `Microsoft.Network/virtualNetworks/{virtualNetworkName}/subnets`. */
export function inGroup(path: string): string {
  return `${GROUP}/providers/${path}`;
}

/** Who made a resource, and when. */
export const systemData = {
  createdAt: "{now}",
  createdByType: "Application",
  lastModifiedAt: "{now}",
  lastModifiedByType: "Application",
};

/** What most resources answer when they are there. */
export const SUCCEEDED = { provisioningState: "Succeeded" } as const;
export const ETAG = { etag: '"{uuid}"' } as const;

/** Adds what Azure answers to the properties that were asked for. */
export function withProperties(answer: (context: Context) => Record<string, Json>): { properties: Value } {
  return {
    properties: (context) => ({
      ...(context.inputs.properties as Record<string, Json> | undefined),
      ...answer(context),
    }),
  };
}
