import * as authorization from "@pulumi/azure-native/authorization";
import * as monitor from "@pulumi/azure-native/monitor";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import type { AiConfig } from "../../stacks/config/ai";
import { uuidV5 } from "../internal/uuid";
import { aiAccount, aiDeployments } from "./aiAccount";
import { Identity, type FederatedSubject } from "./identity";
import { ROLES } from "./roleAssignment";

const TOKEN = "cutover:azure:OpenAi";

export interface OpenAiArgs {
  subscriptionId: string;
  config: AiConfig["jurisdictions"][string];
  logRetentionDays: number;
  /** Service accounts that may call the models. */
  subjects: readonly FederatedSubject[];
  /** Public addresses that the clusters' requests come from: the NAT gateways of the jurisdiction's regions. */
  natAddresses: pulumi.Input<pulumi.Input<string>[]>;
  /** Tags of every resource: owner, data class, residency, legal basis, retention. */
  tags: Record<string, string>;
}

/**
 * Azure OpenAI for one jurisdiction: an account in an Azure region of the jurisdiction, its deployments, the identity
 * that the clusters' service accounts act as, and diagnostic logs that stay in the same region.
 *
 * There are no keys (local authentication is off). The clusters run on AWS and reach the public endpoint; the account
 * answers the NAT addresses of the jurisdiction's clusters and nobody else. Its logs hold who called what, not prompts.
 *
 * Cost: by tokens, and by the volume of logs.
 *
 * @stateful
 */
export class OpenAi extends pulumi.ComponentResource {
  public readonly endpoint: pulumi.Output<string>;
  /** Managed identity that service account tokens are traded for. */
  public readonly clientId: pulumi.Output<string>;
  public readonly tenantId: pulumi.Output<string>;
  /** Names of the deployments. */
  public readonly deployments: string[];
  public readonly accountId: pulumi.Output<string>;

  constructor(name: string, args: OpenAiArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { location } = args.config;

    const group = new resources.ResourceGroup(`${name}-group`, { location, tags: args.tags }, { parent: this });
    const identity = new Identity(
      `${name}-access`,
      { resourceGroupName: group.name, location, subjects: args.subjects, tags: args.tags },
      { parent: this },
    );
    const place = { resourceGroupName: group.name, location, tags: args.tags };
    const account = aiAccount(
      `${name}-account`,
      place,
      args.config,
      { addresses: args.natAddresses },
      { parent: this },
    );
    aiDeployments(name, { resourceGroupName: group.name, accountName: account.name }, args.config.deployments, {
      parent: this,
    });
    this.logs(name, args, group.name, account.id);
    new authorization.RoleAssignment(
      `${name}-role`,
      {
        roleAssignmentName: uuidV5(`${args.subscriptionId}/${args.config.subdomain}/${ROLES.callModels}`),
        description: "Service accounts of the clusters call the models.",
        principalId: identity.principalId,
        principalType: "ServicePrincipal",
        roleDefinitionId: `/subscriptions/${args.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${ROLES.callModels}`,
        scope: account.id,
      },
      // Its name is fixed, and Azure refuses to give an assignment to another principal.
      { parent: this, deleteBeforeReplace: true },
    );

    this.endpoint = account.properties.endpoint;
    this.clientId = identity.clientId;
    this.tenantId = identity.tenantId;
    this.deployments = Object.keys(args.config.deployments);
    this.accountId = account.id;
    this.registerOutputs({
      endpoint: this.endpoint,
      clientId: this.clientId,
      tenantId: this.tenantId,
      deployments: this.deployments,
      accountId: this.accountId,
    });
  }

  private logs(
    name: string,
    args: OpenAiArgs,
    resourceGroupName: pulumi.Input<string>,
    accountId: pulumi.Input<string>,
  ): void {
    const workspace = new operationalinsights.Workspace(
      `${name}-logs`,
      {
        resourceGroupName,
        location: args.config.location,
        sku: { name: "PerGB2018" },
        retentionInDays: args.logRetentionDays,
        features: { disableLocalAuth: true },
        tags: args.tags,
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    new authorization.ManagementLockByScope(
      `${name}-logs-lock`,
      { scope: workspace.id, level: "CanNotDelete", notes: "Evidence of who used the models." },
      { parent: this, protect: true, retainOnDelete: true },
    );
    new monitor.DiagnosticSetting(
      `${name}-diagnostics`,
      {
        resourceUri: accountId,
        workspaceId: workspace.id,
        logs: [{ categoryGroup: "allLogs", enabled: true }],
        metrics: [{ category: "AllMetrics", enabled: true }],
      },
      { parent: this },
    );
  }
}
