import type * as pulumi from "@pulumi/pulumi";

/** Where a resource of Azure stands, and what it is tagged with. */
export interface Place {
  resourceGroupName: pulumi.Input<string>;
  /** Azure region. */
  location: string;
  /** Whose it is, and where its data has to stay. */
  tags: Record<string, string>;
}

/** Who hears of what goes wrong: ids of action groups. */
export interface Listeners {
  /** Immediate response. */
  critical: pulumi.Input<string>;
  /** Response within 30 minutes. */
  warning: pulumi.Input<string>;
  /** Response within 4 hours. */
  info: pulumi.Input<string>;
}

/** What a store is watched by. */
export interface Watch {
  /** Log Analytics workspace of its logs. */
  workspaceId: pulumi.Input<string>;
  listeners: Listeners;
}
