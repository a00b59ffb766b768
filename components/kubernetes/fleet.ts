import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1";
import * as pulumi from "@pulumi/pulumi";
import { podSelector, releaseLabels, workloadLabels } from "./labels";
import { podTemplate, type PodArgs } from "./pod";

const TOKEN = "cutover:kubernetes:Fleet";

export interface FleetArgs extends PodArgs {
  namespace: pulumi.Input<string>;
  /** Name of the Deployment. */
  deployment: string;
  role: "server" | "consumer";
  /** Number of pods; absent where an autoscaler owns it. */
  replicas?: number;
}

/** The pods of a workload in one role: a Deployment that is updated without a gap, and a disruption budget. */
export class Fleet extends pulumi.ComponentResource {
  public readonly deploymentName: pulumi.Output<string>;

  public constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { identity, workload, role, namespace } = args;
    const { maxSurge, maxUnavailable, minReadySeconds, progressDeadlineSeconds } = args.config.update;
    const matchLabels = podSelector(identity, workload, role);
    const patience = `${progressDeadlineSeconds + 60}s`;
    const deployment = new Deployment(
      `${name}-deployment`,
      {
        metadata: {
          name: args.deployment,
          namespace,
          labels: releaseLabels(identity, workload, role, args.version),
          // The autoscaler wrote the number of pods last. Turning the color off takes the field back from it.
          annotations: { "pulumi.com/patchForce": "true" },
        },
        spec: {
          ...(args.replicas === undefined ? {} : { replicas: args.replicas }),
          minReadySeconds,
          progressDeadlineSeconds,
          strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable } },
          selector: { matchLabels },
          template: podTemplate(args),
        },
      },
      { parent: this, customTimeouts: { create: patience, update: patience } },
    );
    new PodDisruptionBudget(
      `${name}-budget`,
      {
        metadata: { name: args.deployment, namespace, labels: workloadLabels(identity, workload) },
        // A percentage is rounded up, so that one pod may always leave; one that is not ready holds up no node.
        spec: { maxUnavailable, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels } },
      },
      { parent: this },
    );
    this.deploymentName = deployment.metadata.name;
    this.registerOutputs({ deploymentName: this.deploymentName });
  }
}
