import { CloudError, type Cloud, type ResourceRequest } from "../engine/cloud";
import { regionOf, text } from "../../pulumi/json";
import type { Faults } from "./faults";

/** Stand-in clouds that refuse, or swallow, what faults want them to. */
export function faultyClouds(clouds: readonly Cloud[], faults: Faults): Cloud[] {
  return clouds.map((cloud): Cloud => {
    const allow = (request: ResourceRequest) => {
      const refusal = faults.refusal(request, regionOfRequest(request));
      if (refusal !== undefined) {
        throw new CloudError(refusal);
      }
    };
    return {
      package: cloud.package,
      models: (type) => cloud.models(type),
      create: (request, world) => {
        allow(request);
        return cloud.create(request, world);
      },
      update: (request, world) => {
        allow(request);
        const before = [...world.things(request.type)].find(({ urn }) => urn === request.urn);
        const outputs = cloud.update(request, world);
        if (before !== undefined && faults.swallows(request, regionOfRequest(request))) {
          world.put(before);
        }
        return outputs;
      },
      delete: (request, world) => {
        allow(request);
        cloud.delete(request, world);
      },
      ...(cloud.read && { read: (request, world) => cloud.read!(request, world) }),
      ...(cloud.invoke && { invoke: (request, world) => cloud.invoke!(request, world) }),
    };
  });
}

/** The region that a resource lies in: its provider's, or that of the provider's cluster; empty where there is none. */
function regionOfRequest({ provider: { region, clusterIdentifier } }: ResourceRequest): string {
  return region === undefined ? regionOf(text(clusterIdentifier ?? "")) : text(region);
}
