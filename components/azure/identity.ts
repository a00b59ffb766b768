import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";

const TOKEN = "cutover:azure:Identity";

/** The audience that Azure expects in a token that is traded for one of its own. */
const AUDIENCE = "api://AzureADTokenExchange";

/** A service account of a cluster whose tokens are accepted. */
export interface FederatedSubject {
  /** What tells it from others: region, color and service account. */
  key: string;
  /** Issuer of the cluster's service account tokens, without `https://`. */
  oidcIssuer: pulumi.Input<string>;
  namespace: string;
  serviceAccount: string;
}

export interface IdentityArgs {
  resourceGroupName: pulumi.Input<string>;
  location: string;
  /**
   * Its name, where somebody else calls it by it.
   *
   * @default - named by Pulumi
   */
  identityName?: string;
  /** At most 20: a limit of Azure for one identity. */
  subjects: readonly FederatedSubject[];
  tags: Record<string, string>;
}

/**
 * A managed identity that service accounts of Kubernetes clusters act as, without any key: Azure trades a token of
 * exactly this issuer, subject and audience for one of its own.
 *
 * @see https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export class Identity extends pulumi.ComponentResource {
  /** What the service accounts name themselves as. */
  public readonly clientId: pulumi.Output<string>;
  /** What roles are assigned to. */
  public readonly principalId: pulumi.Output<string>;
  public readonly tenantId: pulumi.Output<string>;
  /** Name in Azure, which is its name as a role of PostgreSQL, too. */
  public readonly identityName: pulumi.Output<string>;

  constructor(name: string, args: IdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const identity = new managedidentity.UserAssignedIdentity(
      `${name}-identity`,
      {
        resourceGroupName: args.resourceGroupName,
        location: args.location,
        ...(args.identityName === undefined ? {} : { resourceName: args.identityName }),
        tags: args.tags,
      },
      { parent: this },
    );
    let previous: pulumi.Resource | undefined;
    for (const subject of args.subjects) {
      previous = new managedidentity.FederatedIdentityCredential(
        `${name}-${subject.key}`,
        {
          resourceGroupName: args.resourceGroupName,
          resourceName: identity.name,
          issuer: pulumi.interpolate`https://${subject.oidcIssuer}`,
          subject: `system:serviceaccount:${subject.namespace}:${subject.serviceAccount}`,
          audiences: [AUDIENCE],
        },
        // One after the other: Azure refuses to write two credentials of one identity at the same time.
        { parent: this, dependsOn: previous === undefined ? [] : [previous] },
      );
    }

    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.tenantId = identity.tenantId;
    this.identityName = identity.name;
    this.registerOutputs({ clientId: this.clientId, principalId: this.principalId, tenantId: this.tenantId });
  }
}
