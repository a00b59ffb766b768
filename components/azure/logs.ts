import * as authorization from "@pulumi/azure-native/authorization";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights";
import * as pulumi from "@pulumi/pulumi";
import { dataTags } from "../aws/dataTags";
import type { Place } from "./place";

const TOKEN = "cutover:azure:Logs";

export interface LogsArgs extends Place {
  /** Days that logs are kept, 30 to 730. */
  retentionDays: number;
}

/**
 * The Log Analytics workspace: who used which service, and what the cluster and its pods wrote. Identities only, no
 * keys. Locked, because it is the evidence of who saw what.
 *
 * Cost: by each GB that comes in, about 3 dollars, and a little for each month that it is kept beyond the first.
 *
 * @stateful
 */
export class Logs extends pulumi.ComponentResource {
  public readonly workspaceId: pulumi.Output<string>;

  constructor(name: string, args: LogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, tags, retentionDays } = args;

    const workspace = new operationalinsights.Workspace(
      `${name}-workspace`,
      {
        resourceGroupName,
        location,
        sku: { name: "PerGB2018" },
        retentionInDays: retentionDays,
        features: { disableLocalAuth: true },
        tags: dataTags(tags, "audit-log", retentionDays),
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    new authorization.ManagementLockByScope(
      `${name}-lock`,
      { scope: workspace.id, level: "CanNotDelete", notes: "Evidence of who used what." },
      { parent: this, protect: true, retainOnDelete: true },
    );

    this.workspaceId = workspace.id;
    this.registerOutputs({ workspaceId: this.workspaceId });
  }
}
