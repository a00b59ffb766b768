import type * as authorization from "@pulumi/azure-native/authorization";
import type * as containerservice from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import { roleAssignment } from "./roleAssignment";

export interface ImageAccessArgs {
  subscriptionId: string;
  cluster: containerservice.ManagedCluster;
  /** Container registry. */
  registryId: string;
}

/** Lets nodes pull images of a registry, and nothing else of it: as the identity of their kubelets, which AKS makes. */
export function imageAccess(
  name: string,
  { subscriptionId, cluster, registryId }: ImageAccessArgs,
  opts: pulumi.CustomResourceOptions,
): authorization.RoleAssignment {
  return roleAssignment(
    `${name}-images-role`,
    {
      role: "pullImages",
      subscriptionId,
      principalId: cluster.identityProfile.apply((profile) => profile!["kubeletidentity"]!.objectId!),
      scope: registryId,
      description: "Nodes pull the images of workloads.",
    },
    opts,
  );
}
