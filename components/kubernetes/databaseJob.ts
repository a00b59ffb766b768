import { Job } from "@pulumi/kubernetes/batch/v1";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { DatabaseChangeConfig } from "../../stacks/config/databaseChange";
import { shortDigest } from "../internal/image";
import { versionSlug } from "../internal/names";
import { CERTIFICATE_DIRECTORY, type Credentials, type MakeCredentials } from "./credentials";
import { certificateVolume, SECRETS_DIRECTORY } from "./pod";
import { containerSecurityContext, podSecurityContext } from "./podSecurity";

const TOKEN = "cutover:kubernetes:DatabaseJob";

export interface DatabaseJobArgs {
  /** The namespace, known once it is there. */
  namespace: pulumi.Input<string>;
  labels: Readonly<Record<string, string>>;
  phase: string;
  /** Version of the release that the change belongs to. */
  version: string;
  image: string;
  /** What it proves with who it is. */
  credentials: MakeCredentials;
  env: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * The Kubernetes secret that is mounted.
   *
   * @default - none
   */
  secret?: pulumi.Input<string>;
  resources: DatabaseChangeConfig["resources"];
  /** Seconds after which the job has failed. */
  deadlineSeconds: number;
  /** How often a failed pod is tried again. */
  retries: number;
}

/**
 * One phase of a database change: a Kubernetes Job that runs once, with credentials of its own. Pulumi waits until it has
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
    const credentials = args.credentials(name, this, args.namespace);
    const { annotations } = credentials;
    const account = new ServiceAccount(
      `${name}-account`,
      {
        metadata: { name: phase, namespace, labels, ...(annotations === undefined ? {} : { annotations }) },
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
          template: {
            metadata: { labels: { ...credentials.podLabels, ...versioned } },
            spec: pod(args, account, credentials),
          },
        },
      },
      {
        parent: this,
        dependsOn: credentials.dependsOn,
        customTimeouts: { create: `${args.deadlineSeconds + 60}s` },
        // The run that made the job owns its spec: what changes around it later must not run the phase again.
        ignoreChanges: ["spec"],
      },
    );
    this.jobName = job.metadata.name;
    this.registerOutputs({ jobName: this.jobName });
  }
}

function pod(args: DatabaseJobArgs, account: ServiceAccount, { certificate }: Credentials) {
  const { phase, image, env, resources, secret } = args;
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
        volumeMounts: [
          { name: "tmp", mountPath: "/tmp" },
          ...(secret === undefined ? [] : [{ name: "secrets", mountPath: SECRETS_DIRECTORY, readOnly: true }]),
          ...(certificate === undefined
            ? []
            : [{ name: "certificate", mountPath: CERTIFICATE_DIRECTORY, readOnly: true }]),
        ],
      },
    ],
    volumes: [
      { name: "tmp", emptyDir: { sizeLimit: "1Gi" } },
      ...(secret === undefined ? [] : [{ name: "secrets", secret: { secretName: secret } }]),
      ...(certificate === undefined ? [] : [certificateVolume(certificate)]),
    ],
  };
}
