import * as authorization from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The roles that the program gives, each for one thing.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const ROLES = {
  /** Calls the models of Azure OpenAI, and changes nothing. */
  callModels: "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
  /** Reads, writes and deletes blobs. */
  writeBlobs: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  /** Reads the value of a secret. */
  readSecrets: "4633458b-17de-408a-b874-0445c86b69e6",
  /** Changes records of a public DNS zone. */
  editRecords: "befefa01-2a29-4197-83a8-272ff33ce314",
  /** Wraps and unwraps with a key, for what Azure encrypts with it. */
  useKey: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  /** Joins machines, load balancers and private link services to a subnet, and changes it. */
  manageNetwork: "4d97b98b-1d4f-4787-a291-c67834d212e7",
  /** Uses the encryption set of disks. */
  read: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  /** Pulls images of a container registry. */
  pullImages: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  /** Does everything in a Kubernetes cluster. */
  clusterAdmin: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
  /** Administers namespaces of a Kubernetes cluster. */
  namespaceAdmin: "3498e952-d568-435e-9b2c-8d77e338d7f7",
  /** Writes most objects of a Kubernetes cluster. */
  namespaceWriter: "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
  /** Reads most objects of a Kubernetes cluster, no secrets. */
  namespaceReader: "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
  /** Gets the address of a cluster's API and its certificate authority. */
  findCluster: "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
} as const;

export type Role = keyof typeof ROLES;

export interface RoleAssignmentArgs {
  role: Role;
  subscriptionId: string;
  /** Who gets it. */
  principalId: pulumi.Input<string>;
  /** What they are. @default "ServicePrincipal" */
  principalType?: "ServicePrincipal" | "Group";
  /** The resource, and no more, that the role is for. */
  scope: pulumi.Input<string>;
  /** Why. */
  description: string;
}

/** Gives somebody a role on one resource. */
export function roleAssignment(
  name: string,
  args: RoleAssignmentArgs,
  opts: pulumi.CustomResourceOptions,
): authorization.RoleAssignment {
  return new authorization.RoleAssignment(
    name,
    {
      principalId: args.principalId,
      principalType: args.principalType ?? "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${args.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${ROLES[args.role]}`,
      scope: args.scope,
      description: args.description,
    },
    opts,
  );
}
