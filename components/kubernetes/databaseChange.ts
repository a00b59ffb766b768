import * as pulumi from "@pulumi/pulumi";
import { DATABASE_PHASES, type DatabaseChangeConfig } from "../../stacks/config/databaseChange";
import type { OidcIdentity } from "../aws/irsaRole";
import { releaseNamespaceName, versionSlug } from "../internal/names";
import { DatabaseJob } from "./databaseJob";
import { databaseChangePolicy, type ChangedDatabase } from "./databaseChangePolicy";
import { Namespace } from "./namespace";
import { NetworkPolicies } from "./networkPolicies";

const TOKEN = "cutover:kubernetes:DatabaseChange";

export interface DatabaseChangeArgs {
  /** Name of the deployment. */
  deployment: string;
  account: string;
  /** Region of the jurisdiction's primary database, in whose cluster the jobs run. */
  region: string;
  change: DatabaseChangeConfig;
  /** Version of the release that brings the change. */
  version: string;
  /** The tool that makes the change, by digest. */
  image: string;
  database: {
    identifier: pulumi.Input<string>;
    arn: pulumi.Input<string>;
    endpoint: pulumi.Input<string>;
    port: pulumi.Input<number>;
    name: pulumi.Input<string>;
    adminSecretArn: pulumi.Input<string>;
  };
  /** Key of the secrets of the region. */
  keyArn: pulumi.Input<string>;
  cluster: OidcIdentity;
  vpcCidr: pulumi.Input<string>;
  /** Ranges of the database subnets of the jurisdiction's regions. */
  databaseCidrs: readonly pulumi.Input<pulumi.Input<string>[]>[];
}

/**
 * The change of one jurisdiction's database that a release brings: the jobs of every phase up to the one that was reached,
 * each after the one before it, in a namespace of their own. While no change is open, none of it is there: neither the
 * jobs nor the roles that may restore a database or read its master password.
 */
export class DatabaseChange extends pulumi.ComponentResource {
  public readonly jobNames: pulumi.Output<string[]>;

  public constructor(name: string, args: DatabaseChangeArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { deployment, change } = args;
    const namespaceName = releaseNamespaceName(deployment);
    const labels = { "app.kubernetes.io/part-of": deployment, "app.kubernetes.io/managed-by": "pulumi" };
    const namespace = new Namespace(`${name}-space`, { namespace: namespaceName, labels }, { parent: this })
      .namespaceName;
    const policies = new NetworkPolicies(
      `${name}-network`,
      {
        namespace,
        labels,
        workloads: {},
        databaseClients: ["database"],
        vpcCidr: args.vpcCidr,
        databaseCidrs: args.databaseCidrs,
      },
      { parent: this },
    );

    const jobs: DatabaseJob[] = [];
    const database = changed(args);
    const reached = change.phase === "none" ? 0 : DATABASE_PHASES.indexOf(change.phase) + 1;
    for (const phase of DATABASE_PHASES.slice(0, reached)) {
      const job = new DatabaseJob(
        `${name}-${phase}`,
        {
          namespaceName,
          namespace,
          labels,
          phase,
          version: args.version,
          image: args.image,
          policy: databaseChangePolicy(phase, database),
          cluster: args.cluster,
          env: environment(args, database),
          resources: change.resources,
          deadlineSeconds: change.deadlineSeconds[phase],
          retries: change.retries,
        },
        { parent: this, dependsOn: jobs.length === 0 ? [policies] : [jobs.at(-1)!] },
      );
      jobs.push(job);
    }
    this.jobNames = pulumi.all(jobs.map((job) => job.jobName));
    this.registerOutputs({ jobNames: this.jobNames });
  }
}

function changed({ deployment, account, region, version, database, keyArn }: DatabaseChangeArgs): ChangedDatabase {
  const slug = versionSlug(version);
  return {
    account,
    region,
    arn: database.arn,
    adminSecretArn: database.adminSecretArn,
    keyArn,
    snapshot: `${deployment}-before-${slug}`,
    scratch: `${deployment}-check-${slug}`,
  };
}

function environment({ region, version, database }: DatabaseChangeArgs, { snapshot, scratch }: ChangedDatabase) {
  return {
    AWS_REGION: region,
    RELEASE: version,
    DATABASE_IDENTIFIER: database.identifier,
    DATABASE_HOST: database.endpoint,
    DATABASE_PORT: pulumi.output(database.port).apply(String),
    DATABASE_NAME: database.name,
    DATABASE_SSLMODE: "verify-full",
    DATABASE_ADMIN_SECRET: database.adminSecretArn,
    SNAPSHOT_IDENTIFIER: snapshot,
    SCRATCH_IDENTIFIER: scratch,
  };
}
