import type * as pulumi from "@pulumi/pulumi";
import type { AksConfig } from "../../stacks/config/azure/cluster";
import { roleAssignment, type Role } from "./roleAssignment";

/** Roles of the Kubernetes API, by their names in config. */
const API_ROLES: Record<AksConfig["access"][string]["role"], Role> = {
  "cluster-admin": "clusterAdmin",
  admin: "namespaceAdmin",
  writer: "namespaceWriter",
  reader: "namespaceReader",
};
export interface ApiAccessArgs {
  subscriptionId: string;
  clusterId: pulumi.Input<string>;
  access: AksConfig["access"];
}

/** Who may use the Kubernetes API of a cluster: for each a role in it, and the one that finds its address. */
export function apiAccess(name: string, args: ApiAccessArgs, opts: pulumi.CustomResourceOptions): void {
  for (const [who, { objectId, kind, role }] of Object.entries(args.access)) {
    for (const given of [API_ROLES[role], "findCluster"] as const) {
      roleAssignment(
        `${name}-${who}-${given === "findCluster" ? "find" : "access"}-role`,
        {
          role: given,
          subscriptionId: args.subscriptionId,
          principalId: objectId,
          principalType: kind,
          scope: args.clusterId,
          description: `${who}: ${role} of the Kubernetes API.`,
        },
        opts,
      );
    }
  }
}
