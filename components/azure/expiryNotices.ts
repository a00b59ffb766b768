import * as eventgrid from "@pulumi/azure-native/eventgrid";
import * as pulumi from "@pulumi/pulumi";
import type { Listeners, Place } from "./place";

const TOKEN = "cutover:azure:ExpiryNotices";

/** What Key Vault tells: 30 days before something expires, and when it has. */
const NEAR = [
  "Microsoft.KeyVault.SecretNearExpiry",
  "Microsoft.KeyVault.CertificateNearExpiry",
  "Microsoft.KeyVault.KeyNearExpiry",
];
const EXPIRED = ["Microsoft.KeyVault.SecretExpired", "Microsoft.KeyVault.CertificateExpired"];

export interface ExpiryNoticesArgs extends Place {
  vaultId: pulumi.Input<string>;
  listeners: Listeners;
}

/** Tells people in time when a secret, a key or a certificate of a vault is about to expire, and wakes them when one has. */
export class ExpiryNotices extends pulumi.ComponentResource {
  public readonly topicId: pulumi.Output<string>;

  constructor(name: string, args: ExpiryNoticesArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, tags } = args;

    const topic = new eventgrid.SystemTopic(
      `${name}-topic`,
      { resourceGroupName, location, source: args.vaultId, topicType: "Microsoft.KeyVault.vaults", tags },
      { parent: this },
    );
    const notice = (role: string, includedEventTypes: string[], severity: string, group: pulumi.Input<string>) =>
      new eventgrid.SystemTopicEventSubscription(
        `${name}-${role}`,
        {
          resourceGroupName,
          systemTopicName: topic.name,
          eventDeliverySchema: "CloudEventSchemaV1_0",
          filter: { includedEventTypes },
          destination: { endpointType: "MonitorAlert", severity, actionGroups: [group] },
        },
        { parent: this },
      );
    notice("near", NEAR, "Sev3", args.listeners.info);
    notice("expired", EXPIRED, "Sev0", args.listeners.critical);

    this.topicId = topic.id;
    this.registerOutputs({ topicId: this.topicId });
  }
}
