import * as ec2 from "@pulumi/aws/ec2";
import * as eks from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import type { NodeGroupConfig } from "../../stacks/config/cluster";

const TOKEN = "cutover:aws:NodeGroup";

export interface NodeGroupArgs {
  clusterName: pulumi.Input<string>;
  /** Version of the nodes: the cluster's, so that they follow it. */
  version: pulumi.Input<string>;
  nodeRoleArn: pulumi.Input<string>;
  /** One private subnet in each zone. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  config: NodeGroupConfig;
  /** How many nodes. */
  size: NodeGroupConfig["size"];
  /** Key of the nodes' volumes; its policy lets EC2 Auto Scaling use it (`autoscalingGrants`). */
  volumeKeyArn: pulumi.Input<string>;
  /** Tags of the instances, volumes and interfaces, which a provider's default tags do not reach. */
  tags: Record<string, string>;
}

/** Label of nodes with GPUs, by which the device plugin finds them. */
export const GPU_LABEL = { "nvidia.com/gpu.present": "true" };

/**
 * A managed node group of an EKS cluster: nodes of one kind in all zones, on Amazon Linux 2023, with encrypted
 * volumes. Its instances are in the cluster's own security group. The cluster autoscaler finds it by the tags that
 * EKS puts on its Auto Scaling group.
 */
export class NodeGroup extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  public readonly autoscalingGroupName: pulumi.Output<string>;

  constructor(name: string, args: NodeGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const { config, size } = args;
    const template = new ec2.LaunchTemplate(
      `${name}-template`,
      {
        updateDefaultVersion: true,
        metadataOptions: {
          httpEndpoint: "enabled",
          httpTokens: "required",
          // One hop: the node itself, and not its pods, which have roles of their own and must not take the node's.
          httpPutResponseHopLimit: 1,
        },
        blockDeviceMappings: [
          {
            // The root volume of Amazon Linux 2023.
            deviceName: "/dev/xvda",
            ebs: {
              volumeType: "gp3",
              volumeSize: config.diskGiB,
              encrypted: "true",
              kmsKeyId: args.volumeKeyArn,
              deleteOnTermination: "true",
            },
          },
        ],
        tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
          resourceType,
          tags: { ...args.tags, Name: name },
        })),
      },
      { parent: this },
    );
    const group = new eks.NodeGroup(
      `${name}-group`,
      {
        clusterName: args.clusterName,
        // A prefix: what forces a new group makes it beside the old one, before that one goes.
        nodeGroupNamePrefix: `${name}-`,
        version: args.version,
        nodeRoleArn: args.nodeRoleArn,
        subnetIds: args.subnetIds,
        amiType: config.amiType,
        capacityType: "ON_DEMAND",
        instanceTypes: [config.instanceType],
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        scalingConfig: { minSize: size.min, desiredSize: size.desired, maxSize: size.max },
        updateConfig: { maxUnavailablePercentage: config.maxUnavailablePercentage },
        labels: { ...config.labels, ...(config.allocatable.gpus > 0 ? GPU_LABEL : {}) },
        taints: config.taints,
      },
      // The desired size is the cluster autoscaler's.
      { parent: this, ignoreChanges: ["scalingConfig.desiredSize"] },
    );

    this.arn = group.arn;
    this.autoscalingGroupName = group.resources[0]!.autoscalingGroups[0]!.name;
    this.registerOutputs({ arn: this.arn, autoscalingGroupName: this.autoscalingGroupName });
  }
}
