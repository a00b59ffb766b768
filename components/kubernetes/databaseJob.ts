import { Job } from "@pulumi/kubernetes/batch/v1";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import type { PolicyDocument } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { DatabaseChangeConfig } from "../../stacks/config/databaseChange";
import { IrsaRole, type OidcIdentity } from "../aws/irsaRole";
import { shortDigest } from "../internal/image";
import { versionSlug } from "../internal/names";
import { containerSecurityContext, podSecurityContext } from "./podSecurity";

const TOKEN = "cutover:kubernetes:DatabaseJob";

export interface DatabaseJobArgs {
  /** Name of the namespace, as trust in its service accounts names it. */
  namespaceName: string;
  /** The namespace, known once it is there. */
  namespace: pulumi.Input<string>;
  labels: Readonly<Record<string, string>>;
  phase: string;
  /** Version of the release that the change belongs to. */
  version: string;
  image: string;
  policy: PolicyDocument;
  cluster: OidcIdentity;
  env: Readonly<Record<string, pulumi.Input<string>>>;
  resources: DatabaseChangeConfig["resources"];
  /** Seconds after which the job has failed. */
  deadlineSeconds: number;
  /** How often a failed pod is tried again. */
  retries: number;
}

/**
 * One phase of a database change: a Kubernetes Job that runs once, with a role of its own. Pulumi waits until it has
 * succeeded, so a failed phase is a failed stage.
 *
 * The job is named by phase, release and digest: another build is another job. It is kept after it ended, as the record
 * of what ran.
 */
export class DatabaseJob extends pulumi.ComponentResource {
  public readonly jobName: pulumi.Output<string>;

  public constructor(name: string, args: DatabaseJobArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { namespace, phase, version } = args;
    const labels = { ...args.labels, "app.kubernetes.io/name": "database", "app.kubernetes.io/component": phase };
    const role = new IrsaRole(
      `${name}-irsa`,
      {
        oidcProviderArn: args.cluster.oidcProviderArn,
        oidcIssuer: args.cluster.oidcIssuer,
        namespace: args.namespaceName,
        serviceAccount: phase,
        policy: args.policy,
      },
      { parent: this },
    );
    const account = new ServiceAccount(
      `${name}-account`,
      {
        metadata: { name: phase, namespace, labels, annotations: { "eks.amazonaws.com/role-arn": role.arn } },
        automountServiceAccountToken: false,
      },
      { parent: this },
    );
    const run = `${versionSlug(version)}-${shortDigest(args.image)}`;
    const versioned = { ...labels, "app.kubernetes.io/version": version };
    const job = new Job(
      `${name}-${run}`,
      {
        metadata: { name: `${phase}-${run}`, namespace, labels: versioned },
        spec: {
          backoffLimit: args.retries,
          activeDeadlineSeconds: args.deadlineSeconds,
          template: { metadata: { labels: versioned }, spec: pod(args, account) },
        },
      },
      {
        parent: this,
        // The role's policy is there before the pod asks for it.
        dependsOn: role,
        customTimeouts: { create: `${args.deadlineSeconds + 60}s` },
        // The run that made the job owns its spec: what changes around it later must not run the phase again.
        ignoreChanges: ["spec"],
      },
    );
    this.jobName = job.metadata.name;
    this.registerOutputs({ jobName: this.jobName });
  }
}

function pod({ phase, image, env, resources }: DatabaseJobArgs, account: ServiceAccount) {
  return {
    serviceAccountName: account.metadata.name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: "Never",
    securityContext: podSecurityContext(),
    containers: [
      {
        name: "database",
        image,
        args: [phase],
        env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
        resources,
        securityContext: containerSecurityContext(),
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
      },
    ],
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "1Gi" } }],
  };
}
