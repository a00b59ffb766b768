import * as pulumi from "@pulumi/pulumi";
import type { IdentitiesConfig } from "../../stacks/config/azure/identities";
import { Identity, type FederatedSubject } from "./identity";
import type { Place } from "./place";
import { roleAssignment, type Role } from "./roleAssignment";

const TOKEN = "cutover:azure:WorkloadIdentity";

/** What identities can be let do: ids of resources. */
export interface Grantable {
  aiAccountIds: Readonly<Record<string, pulumi.Input<string>>>;
  recordsContainerId: pulumi.Input<string>;
  auditContainerId: pulumi.Input<string>;
  backupsContainerId: pulumi.Input<string>;
  vaultId: pulumi.Input<string>;
}

export interface WorkloadIdentityArgs extends Place {
  subscriptionId: string;
  /** Its name, which is its name as a role of PostgreSQL. */
  identityName: string;
  config: IdentitiesConfig[string];
  /** Service accounts whose tokens are accepted: the workload's, in each color. */
  subjects: readonly FederatedSubject[];
  grantable: Grantable;
}

/**
 * The identity of one workload in both colors, with a role for each thing that it does, on the one resource that it does
 * it to. Cache and database know it as a user of theirs, which their own components make.
 */
export class WorkloadIdentity extends pulumi.ComponentResource {
  public readonly clientId: pulumi.Output<string>;
  public readonly principalId: pulumi.Output<string>;
  public readonly identityName: pulumi.Output<string>;

  constructor(name: string, args: WorkloadIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, tags, config, grantable } = args;

    const identity = new Identity(
      `${name}-access`,
      { resourceGroupName, location, tags, identityName: args.identityName, subjects: args.subjects },
      { parent: this },
    );
    const grant = (key: string, role: Role, scope: pulumi.Input<string>, description: string) =>
      roleAssignment(
        `${name}-${key}-role`,
        { role, subscriptionId: args.subscriptionId, principalId: identity.principalId, scope, description },
        { parent: this },
      );
    if (config.ai) {
      for (const [account, id] of Object.entries(grantable.aiAccountIds)) {
        grant(`ai-${account}`, "callModels", id, "Calls the models.");
      }
    }
    if (config.records) {
      grant("records", "writeBlobs", grantable.recordsContainerId, "Reads and writes education records.");
    }
    if (config.audit) {
      grant("audit", "writeBlobs", grantable.auditContainerId, "Appends to the record of disclosures.");
    }
    if (config.release) {
      grant("backups", "writeBlobs", grantable.backupsContainerId, "Writes and reads dumps before a change.");
    }
    for (const secret of config.secrets) {
      // Azure takes a role on a secret that nobody has put yet.
      grant(
        `secret-${secret}`,
        "readSecrets",
        pulumi.interpolate`${grantable.vaultId}/secrets/${secret}`,
        `Reads the secret ${secret}.`,
      );
    }

    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.identityName = identity.identityName;
    this.registerOutputs({ clientId: this.clientId, principalId: this.principalId });
  }
}
