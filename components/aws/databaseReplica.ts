import * as pulumi from "@pulumi/pulumi";
import type { DatabaseReplicaConfig } from "../../stacks/config/database";
import { DatabaseInstance, type DatabaseInstanceFacts } from "./databaseInstance";
import { DatabaseSite, type DatabaseSiteArgs } from "./databaseSite";

const TOKEN = "cutover:aws:DatabaseReplica";

export interface DatabaseReplicaArgs extends DatabaseInstanceFacts, DatabaseSiteArgs {
  /** Identifier of the replica. */
  identifier: string;
  /** ARN of the primary, in another region of the same jurisdiction. */
  sourceArn: pulumi.Input<string>;
  /** Whether it has a standby, whether it has become the jurisdiction's database, and its version during an upgrade. */
  replica: Pick<DatabaseReplicaConfig, "multiAz" | "promote" | "engineVersion">;
}

/**
 * A replica of a jurisdiction's database in another region, with that region's own network, key and parameters: all
 * that it needs to take over when the primary's region is lost. Creates what an instance needs there, and the
 * instance.
 *
 * Failure: it follows asynchronously, so a promotion loses what it is behind; an alarm goes off long before that
 * reaches the objective of 15 minutes.
 *
 * @stateful
 */
export class DatabaseReplica extends pulumi.ComponentResource {
  public readonly instance: DatabaseInstance;
  public readonly alarmArns: pulumi.Output<string>[];

  constructor(name: string, args: DatabaseReplicaArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const site = new DatabaseSite(`${name}-site`, args, { parent: this });
    this.instance = new DatabaseInstance(
      `${name}-replica`,
      { ...args, site, role: { kind: "replica", source: args.sourceArn, acrossRegions: true, ...args.replica } },
      { parent: this },
    );

    this.alarmArns = this.instance.alarmArns;
    this.registerOutputs({ identifier: this.instance.identifier, alarmArns: this.alarmArns });
  }
}
