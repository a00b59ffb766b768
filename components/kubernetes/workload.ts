import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2";
import { ConfigMap, Service, ServiceAccount } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { WorkloadConfig } from "../../stacks/config/workloads";
import { autoscalerSpec } from "./autoscaler";
import type { MakeCredentials } from "./credentials";
import { Fleet } from "./fleet";
import { podSelector, workloadLabels, type ColorIdentity } from "./labels";
import type { PodArgs } from "./pod";
import { Schedule } from "./schedule";
import { TargetBinding } from "./targetBinding";
import { WorkloadSecrets, type SecretSource } from "./workloadSecrets";

const TOKEN = "cutover:kubernetes:Workload";

/** How many pods a workload has in one region. */
export interface PodCount {
  /** Least pods; 0 turns the workload off. */
  floor: number;
  /** Most pods. */
  ceiling: number;
  /** Pods that take from queues: 0 in the color whose consumers rest. */
  consumers: number;
  /** Whether its schedules run here. */
  schedules: boolean;
}

export interface WorkloadArgs {
  identity: ColorIdentity;
  /** The namespace, known once it is there. */
  namespace: pulumi.Input<string>;
  /** Name of the workload. */
  workload: string;
  version: string;
  image: string;
  config: WorkloadConfig;
  pods: PodCount;
  /** The environment of its containers. Nothing secret. */
  settings: Readonly<Record<string, pulumi.Input<string>>>;
  /** What it proves with who it is. */
  credentials: MakeCredentials;
  /** Where its secrets are read; none are mounted when absent. */
  secrets?: SecretSource;
  /** Name of consumer pods. */
  consumerName: string;
  /** Target group of a load balancer of AWS that its requests come from; none when absent. */
  target?: {
    groupArn: pulumi.Input<string>;
    vpcId: pulumi.Input<string>;
  };
}

/**
 * A workload of one color in one region: a service account with credentials of its own, settings, secrets, the pods that serve,
 * what scales them, and, where it has them, the binding to the load balancer, consumers and schedules.
 *
 * Settings are an immutable ConfigMap under a name of Pulumi's: a change makes a new one, then moves the pods, then
 * removes the old one. So pods of two releases never read each other's settings, and a change restarts what reads it. A
 * fixed name would change settings under running pods; a name by content hash is not known before the values are.
 */
export class Workload extends pulumi.ComponentResource {
  public readonly serviceName: pulumi.Output<string>;

  public constructor(name: string, args: WorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const labels = workloadLabels(args.identity, args.workload);
    const metadata = { name: args.workload, namespace: args.namespace, labels };

    const credentials = args.credentials(name, this, args.namespace);
    const { annotations } = credentials;
    const account = new ServiceAccount(
      `${name}-account`,
      {
        metadata: annotations === undefined ? metadata : { ...metadata, annotations },
        automountServiceAccountToken: false,
      },
      { parent: this },
    );
    const settings = new ConfigMap(
      `${name}-settings`,
      {
        metadata: { namespace: args.namespace, labels },
        data: { ...args.settings, ...args.config.env },
        immutable: true,
      },
      { parent: this },
    );
    const pod: Omit<PodArgs, "role"> = {
      identity: args.identity,
      workload: args.workload,
      version: args.version,
      image: args.image,
      config: args.config,
      settings: settings.metadata.name,
      secret: this.secrets(name, args, labels),
      certificate: credentials.certificate,
      azureToken: credentials.azureToken,
      labels: credentials.podLabels,
    };
    const before = [account, ...(credentials.dependsOn ?? [])];
    this.serviceName = this.serve(name, args, pod, before);
    this.withoutWeight(name, args, pod, before);

    this.registerOutputs({ serviceName: this.serviceName });
  }

  private secrets(name: string, args: WorkloadArgs, labels: Record<string, string>): pulumi.Output<string> | undefined {
    const { namespace, workload, secrets, config } = args;
    return secrets === undefined
      ? undefined
      : new WorkloadSecrets(
          `${name}-secrets`,
          { namespace, labels, workload, source: secrets, refresh: config.access.secretRefresh },
          { parent: this },
        ).secretName;
  }

  /** What answers requests. */
  private serve(name: string, args: WorkloadArgs, pod: Omit<PodArgs, "role">, dependsOn: pulumi.Resource[]) {
    const { namespace, workload, identity, config, target } = args;
    const { floor, ceiling } = args.pods;
    const labels = workloadLabels(identity, workload);
    const off = floor === 0;
    const fleet = new Fleet(
      `${name}-server`,
      { ...pod, role: "server", namespace, deployment: workload, replicas: off ? 0 : undefined },
      { parent: this, dependsOn },
    );
    if (!off) {
      new HorizontalPodAutoscaler(
        `${name}-autoscaler`,
        {
          metadata: { name: workload, namespace, labels },
          spec: autoscalerSpec({ deployment: fleet.deploymentName, floor, ceiling, scaling: config.autoscaling }),
        },
        { parent: this },
      );
    }
    const service = new Service(
      `${name}-service`,
      {
        // Pulumi would wait for pods behind the service, and a color that is off has none.
        metadata: { name: workload, namespace, labels, annotations: { "pulumi.com/skipAwait": "true" } },
        spec: {
          type: "ClusterIP",
          selector: podSelector(identity, workload, "server"),
          ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
        },
      },
      { parent: this },
    );
    if (target !== undefined) {
      new TargetBinding(
        `${name}-target`,
        { namespace, labels, service: service.metadata.name, targetGroupArn: target.groupArn, vpcId: target.vpcId },
        { parent: this },
      );
    }
    return service.metadata.name;
  }

  /** What no router can split: queues and clocks. */
  private withoutWeight(name: string, args: WorkloadArgs, pod: Omit<PodArgs, "role">, dependsOn: pulumi.Resource[]) {
    const { namespace, config, pods } = args;
    if (config.consumer !== undefined) {
      new Fleet(
        `${name}-consumer`,
        {
          ...pod,
          role: "consumer",
          args: config.consumer.args,
          namespace,
          deployment: args.consumerName,
          replicas: pods.consumers,
        },
        { parent: this, dependsOn },
      );
    }
    for (const [schedule, when] of Object.entries(config.schedules)) {
      new Schedule(
        `${name}-${schedule}`,
        { ...pod, namespace, schedule, when, active: pods.schedules },
        { parent: this, dependsOn },
      );
    }
  }
}
