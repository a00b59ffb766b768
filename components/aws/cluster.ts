import * as iam from "@pulumi/aws/iam";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { nodeGroupSize, type AddonName, type ClusterConfig } from "../../stacks/config/cluster";
import type { Region } from "../../stacks/config/regions";
import { Addon, type AddonArgs } from "./addon";
import { ControlPlane } from "./controlPlane";
import { Key } from "./key";
import { autoscalingGrants } from "./keyGrant";
import { NodeGroup } from "./nodeGroup";
import { serviceRole } from "./serviceRole";

const TOKEN = "cutover:aws:Cluster";

export interface ClusterArgs {
  /** Name of the cluster in AWS, unique in account and region: people and kubeconfigs name it. */
  clusterName: string;
  account: string;
  /** Role of the region; a recovery region has the node groups' smaller sizes. */
  role: Region["role"];
  /** One private subnet in each zone. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Ranges that reach the private Kubernetes API, besides nodes and pods: runners, VPNs.
   *
   * @default - none
   */
  operatorRanges?: readonly string[];
  config: ClusterConfig;
  /** Key of the log groups of the region; its policy lets CloudWatch Logs use it (`logsGrant`). */
  logKeyArn: pulumi.Input<string>;
  /** Tags of the logs, and of instances and their volumes, which a provider's default tags do not reach. */
  tags: Record<string, string>;
}

/**
 * A Kubernetes cluster of a region on EKS: a control plane that only private networks reach, node groups, the add-ons
 * that a node needs to take pods, and identities for service accounts (`IrsaRole`).
 *
 * What runs on it and calls AWS has a role of its own; nodes may only join and pull images. The cluster's security
 * group is that of the control plane, the nodes and their pods: who must reach a pod, such as a load balancer, adds
 * an ingress rule to it.
 *
 * @stateful
 */
export class Cluster extends pulumi.ComponentResource {
  public readonly name: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  /** Address of the Kubernetes API, handed out when the roles of `config.access` are let in. */
  public readonly endpoint: pulumi.Output<string>;
  /** Base64 of the API's certificate authority; public. */
  public readonly certificateAuthority: pulumi.Output<string>;
  public readonly oidcProviderArn: pulumi.Output<string>;
  /** Issuer of service account tokens, without `https://`. */
  public readonly oidcIssuer: pulumi.Output<string>;
  /** Security group of control plane, nodes and pods. */
  public readonly securityGroupId: pulumi.Output<string>;
  /** Key of nodes' and pods' volumes. */
  public readonly volumeKeyArn: pulumi.Output<string>;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const { config } = args;
    const plane = new ControlPlane(
      `${name}-plane`,
      {
        clusterName: args.clusterName,
        account: args.account,
        subnetIds: args.subnetIds,
        config,
        logKeyArn: args.logKeyArn,
        tags: args.tags,
      },
      { parent: this },
    );
    const { cluster } = plane;
    const volumeKey = new Key(
      `${name}-volumes`,
      {
        description: `Volumes of the nodes and pods of the Kubernetes cluster ${args.clusterName}.`,
        account: args.account,
        grants: autoscalingGrants(args.account),
      },
      { parent: this },
    );

    this.name = cluster.name;
    this.arn = cluster.arn;
    this.endpoint = plane.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.oidcProviderArn = plane.oidcProviderArn;
    this.oidcIssuer = plane.oidcIssuer;
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.volumeKeyArn = volumeKey.arn;

    for (const [index, cidrIpv4] of (args.operatorRanges ?? []).entries()) {
      new vpc.SecurityGroupIngressRule(
        `${name}-operators-${index}`,
        {
          securityGroupId: this.securityGroupId,
          description: "Kubernetes API from operators.",
          cidrIpv4,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
        },
        { parent: this },
      );
    }

    const addon = (addonName: AddonName, dependsOn: pulumi.Resource[], role?: AddonArgs["role"]) =>
      new Addon(
        `${name}-${addonName}`,
        { clusterName: cluster.name, addon: addonName, config: config.addons[addonName], role },
        { parent: this, dependsOn },
      );
    const identity = { oidcProviderArn: this.oidcProviderArn, oidcIssuer: this.oidcIssuer };

    // A node is not ready without a network, so these come before it.
    const networkAddons = [
      addon("vpc-cni", [], {
        identity,
        serviceAccount: "aws-node",
        managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"],
      }),
      addon("kube-proxy", []),
    ];
    const nodeGroups = this.nodeGroups(name, args, plane, networkAddons);
    // These run as pods, so they wait for nodes.
    addon("coredns", nodeGroups);
    addon("metrics-server", nodeGroups);
    addon("aws-ebs-csi-driver", nodeGroups, {
      identity,
      serviceAccount: "ebs-csi-controller-sa",
      managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"],
      policy: volumeKeyPolicy(volumeKey.arn),
    });

    this.registerOutputs({
      name: this.name,
      arn: this.arn,
      endpoint: this.endpoint,
      certificateAuthority: this.certificateAuthority,
      oidcProviderArn: this.oidcProviderArn,
      oidcIssuer: this.oidcIssuer,
      securityGroupId: this.securityGroupId,
      volumeKeyArn: this.volumeKeyArn,
    });
  }

  /** The node groups of the config, and the one role of their nodes. */
  private nodeGroups(
    name: string,
    args: ClusterArgs,
    { cluster }: ControlPlane,
    networkAddons: readonly Addon[],
  ): NodeGroup[] {
    const role = serviceRole(`${name}-node`, "ec2.amazonaws.com", "Nodes: join the cluster and pull images.", this);
    const permissions = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"].map(
      (policy) =>
        new iam.RolePolicyAttachment(
          `${name}-node-${policy}`,
          { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
          { parent: this },
        ),
    );
    return Object.entries(args.config.nodeGroups).map(
      ([groupName, config]) =>
        new NodeGroup(
          `${name}-${groupName}`,
          {
            clusterName: cluster.name,
            version: cluster.version,
            nodeRoleArn: role.arn,
            subnetIds: args.subnetIds,
            config,
            size: nodeGroupSize(config, args.role),
            volumeKeyArn: this.volumeKeyArn,
            tags: args.tags,
          },
          { parent: this, dependsOn: [...networkAddons, ...permissions] },
        ),
    );
  }
}

/** What the volume plugin does with the key: encrypt volumes, and hand the key to EC2 for a volume's life. */
function volumeKeyPolicy(keyArn: pulumi.Input<string>): iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resource: keyArn,
      },
      {
        Effect: "Allow",
        Action: "kms:CreateGrant",
        Resource: keyArn,
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ],
  };
}
