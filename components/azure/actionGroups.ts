import * as monitor from "@pulumi/azure-native/monitor";
import * as pulumi from "@pulumi/pulumi";
import type { AzureObservabilityConfig } from "../../stacks/config/azure/observability";
import type { Listeners } from "./place";

const TOKEN = "cutover:azure:ActionGroups";

/** Names in messages, 12 characters at most, a limit of Azure Monitor. */
const SHORT_NAMES = { critical: "critical", warning: "warning", info: "info" } as const;

export interface ActionGroupsArgs {
  resourceGroupName: pulumi.Input<string>;
  subscriptionId: string;
  tags: Record<string, string>;
  config: AzureObservabilityConfig;
}

/**
 * Who hears of alerts: at once, within 30 minutes, within 4 hours. And the alert that belongs to no resource: Defender
 * for Cloud has found a sign of a breach.
 */
export class ActionGroups extends pulumi.ComponentResource {
  /** Id of each group. */
  public readonly listeners: Listeners & Record<keyof Listeners, pulumi.Output<string>>;

  constructor(name: string, args: ActionGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, tags, config } = args;

    const group = (role: keyof Listeners) =>
      new monitor.ActionGroup(
        `${name}-${role}`,
        {
          resourceGroupName,
          location: "Global",
          groupShortName: SHORT_NAMES[role],
          enabled: true,
          emailReceivers: config[role].emails.map((emailAddress) => ({
            name: emailAddress,
            emailAddress,
            useCommonAlertSchema: true,
          })),
          tags,
        },
        { parent: this },
      ).id;
    this.listeners = { critical: group("critical"), warning: group("warning"), info: group("info") };
    new monitor.ActivityLogAlert(
      `${name}-breach`,
      {
        resourceGroupName,
        location: "Global",
        description: "Defender for Cloud has found a sign of a breach.",
        enabled: true,
        scopes: [`/subscriptions/${args.subscriptionId}`],
        condition: { allOf: [{ field: "category", equals: "Security" }] },
        actions: { actionGroups: [{ actionGroupId: this.listeners.critical }] },
        tags,
      },
      { parent: this },
    );

    this.registerOutputs({ listeners: this.listeners });
  }
}
