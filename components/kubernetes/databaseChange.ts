import * as pulumi from "@pulumi/pulumi";
import { phasesUpTo, type DatabaseChangeConfig, type DatabasePhase } from "../../stacks/config/databaseChange";
import { releaseNamespaceName } from "../internal/names";
import type { Furnish, MakeCredentials } from "./credentials";
import { DatabaseJob } from "./databaseJob";
import { Namespace } from "./namespace";
import { NetworkPolicies, type StoreAccess } from "./networkPolicies";
import { WorkloadSecrets, type SecretSource } from "./workloadSecrets";

const TOKEN = "cutover:kubernetes:DatabaseChange";

/** Name of the pods of the jobs. */
const PODS = "database";
/** How often the jobs' secrets are read again: they live for hours. */
const SECRET_REFRESH = "1h";

/** What the jobs of a change find where they run: all in which clouds differ. */
export interface ChangePlace {
  /** Where the database stands. */
  database: Omit<StoreAccess, "clients">;
  /** The environment of the jobs. Nothing secret. */
  env: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the job of a phase proves with who it is. */
  credentials(phase: DatabasePhase, namespace: string): MakeCredentials;
  /** Where the secrets of a phase's job are read; nothing where it has none. */
  secrets?(phase: DatabasePhase): SecretSource | undefined;
  /** Makes what credentials need in the namespace. */
  furnish?: Furnish;
}

export interface DatabaseChangeArgs {
  /** Name of the deployment. */
  deployment: string;
  change: DatabaseChangeConfig;
  /** Version of the release that brings the change. */
  version: string;
  /** The tool that makes the change, by digest. */
  image: string;
  place: ChangePlace;
}

/**
 * The change of one jurisdiction's database that a release brings: the jobs of every phase up to the one that was reached,
 * each after the one before it, in a namespace of their own. While no change is open, none of it is there: neither the
 * jobs nor the credentials that may restore a database or change its schema.
 */
export class DatabaseChange extends pulumi.ComponentResource {
  public readonly jobNames: pulumi.Output<string[]>;

  public constructor(name: string, args: DatabaseChangeArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { deployment, change, place } = args;
    const namespaceName = releaseNamespaceName(deployment);
    const labels = { "app.kubernetes.io/part-of": deployment, "app.kubernetes.io/managed-by": "pulumi" };
    const namespace = new Namespace(`${name}-space`, { namespace: namespaceName, labels }, { parent: this })
      .namespaceName;
    const policies = new NetworkPolicies(
      `${name}-network`,
      { namespace, labels, workloads: {}, entry: [], database: { ...place.database, clients: [PODS] } },
      { parent: this },
    );
    place.furnish?.(name, this, namespace, labels);

    const jobs: DatabaseJob[] = [];
    for (const phase of phasesUpTo(change.phase)) {
      const job = new DatabaseJob(
        `${name}-${phase}`,
        {
          namespace,
          labels,
          phase,
          version: args.version,
          image: args.image,
          credentials: place.credentials(phase, namespaceName),
          secret: this.secrets(name, args, phase, namespace, labels),
          env: place.env,
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

  private secrets(
    name: string,
    { place }: DatabaseChangeArgs,
    phase: DatabasePhase,
    namespace: pulumi.Output<string>,
    labels: Readonly<Record<string, string>>,
  ): pulumi.Output<string> | undefined {
    const source = place.secrets?.(phase);
    return source === undefined
      ? undefined
      : new WorkloadSecrets(
          `${name}-${phase}-secrets`,
          { namespace, labels, workload: phase, source, refresh: SECRET_REFRESH },
          { parent: this },
        ).secretName;
  }
}
