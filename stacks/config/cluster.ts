import { z } from "zod";
import { controllersSchema } from "./controllers";
import { count, label, labelKey, labelValue, logRetentionDays } from "./fields";
import type { Region } from "./regions";

const roleArn = z
  .string()
  .regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, "the ARN of an IAM role, arn:aws:iam::<account>:role/<name>");

const size = z
  .strictObject({
    min: count(0).describe("The fewest nodes."),
    desired: count(0).describe("Nodes at creation; from then on the cluster autoscaler decides."),
    max: count(1).describe("The most nodes."),
  })
  .refine(({ min, desired, max }) => min <= desired && desired <= max, "min <= desired <= max");

const nodeGroup = z.strictObject({
  instanceType: z.string().regex(/^[a-z][a-z0-9-]*\.[a-z0-9]+$/, "an EC2 instance type such as t3.xlarge"),
  amiType: z
    .enum(["AL2023_x86_64_STANDARD", "AL2023_x86_64_NVIDIA", "AL2023_ARM_64_STANDARD", "AL2023_ARM_64_NVIDIA"])
    .describe("Image of the nodes: Amazon Linux 2023, for GPUs with NVIDIA's drivers."),
  size: size.describe("Number of nodes in a serving region."),
  recoverySize: size.describe("Number of nodes in a recovery region: warm, and free to grow as far as a serving one."),
  diskGiB: count(20).default(100).describe("Size of a node's encrypted gp3 volume, GiB."),
  labels: z.record(labelKey, labelValue).default({}).describe("Labels of the nodes."),
  taints: z
    .array(
      z.strictObject({
        key: labelKey,
        value: labelValue,
        effect: z.enum(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"]),
      }),
    )
    .default([])
    .describe("Taints of the nodes: only pods that tolerate them run there."),
  maxUnavailablePercentage: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(25)
    .describe("Percentage of the nodes that an update of the group may replace at once."),
  allocatable: z
    .strictObject({
      cpu: z.number().positive().describe("vCPU."),
      memoryGiB: z.number().positive().describe("Memory, GiB."),
      gpus: count(0).default(0).describe("GPUs."),
    })
    .describe(
      "What one node leaves to pods, after what kubelet and the system keep and what each node's daemons use. The workloads of both colors are checked against it.",
    ),
});

/** The add-ons that every cluster has. */
export const ADDONS = ["coredns", "kube-proxy", "vpc-cni", "aws-ebs-csi-driver", "metrics-server"] as const;
export type AddonName = (typeof ADDONS)[number];

const addon = z
  .strictObject({
    version: z
      .string()
      .regex(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, "a version of an EKS add-on such as v1.2.3-eksbuild.1")
      .optional()
      .describe(
        "Version; when left out, the one that EKS takes for the cluster's version when the add-on is created, which then stays. `aws eks describe-addon-versions --kubernetes-version <version>` lists them.",
      ),
    values: z
      .record(z.string(), z.json())
      .default({})
      .describe(
        "Configuration values, as `aws eks describe-addon-configuration` describes them. Network policies of vpc-cni are always on.",
      ),
  })
  .prefault({});

export const clusterSchema = z
  .strictObject({
    version: z
      .string()
      .regex(/^1\.\d{2}$/, 'a version of Kubernetes in quotes, such as "1.35"')
      .default("1.35")
      .describe(
        "Version of Kubernetes. The strategy's 1.28 can no longer be created (extended support ended on 2025-11-26); 1.35 has standard support until 2027-03-27.",
      ),
    logRetentionDays: logRetentionDays
      .default(365)
      .describe(
        "How long the control plane's logs (API, audit, authenticator, controllers, scheduler) are kept, in days.",
      ),
    access: z
      .record(
        label(20),
        z.strictObject({
          roleArn: roleArn.describe("IAM role whose holders get access."),
          policy: z
            .enum([
              "AmazonEKSClusterAdminPolicy",
              "AmazonEKSAdminPolicy",
              "AmazonEKSEditPolicy",
              "AmazonEKSViewPolicy",
              "AmazonEKSAdminViewPolicy",
            ])
            .describe(
              "What they may do. The role that runs `pulumi up` makes namespaces, so it needs AmazonEKSClusterAdminPolicy.",
            ),
          namespaces: z
            .array(label())
            .default([])
            .describe("Namespaces that the access is limited to; empty for the whole cluster."),
        }),
      )
      .refine(
        (access) => Object.keys(access).length > 0,
        "at least the role that runs `pulumi up`: nobody else gets in, the cluster's creator neither",
      )
      .describe("Who may use the Kubernetes API, by a name of your choice."),
    nodeGroups: z
      .record(label(12), nodeGroup)
      .refine(
        (groups) => Object.values(groups).some(({ taints }) => taints.length === 0),
        "at least one group without taints, for everything that tolerates none",
      )
      .describe("Node groups by name (12 characters at most), in every region."),
    addons: z
      .strictObject(Object.fromEntries(ADDONS.map((name) => [name, addon])) as Record<AddonName, typeof addon>)
      .prefault({})
      .describe("EKS add-ons, which EKS patches and checks against the cluster's version."),
    controllers: controllersSchema,
  })
  .describe("The Kubernetes cluster of every region.");

export type ClusterConfig = z.infer<typeof clusterSchema>;
export type NodeGroupConfig = ClusterConfig["nodeGroups"][string];
export type AddonConfig = ClusterConfig["addons"][AddonName];

/** The size of a node group in a region of the given role. */
export function nodeGroupSize(group: NodeGroupConfig, role: Region["role"]): NodeGroupConfig["size"] {
  return role === "recovery" ? group.recoverySize : group.size;
}

/**
 * What the nodes of a region leave to workloads when every group is at its largest: CPU and memory of the groups
 * without taints, and the GPUs of all. It is what `facts.nodes` of the platform contract says.
 */
export function nodeCapacity(
  config: ClusterConfig,
  role: Region["role"],
): { cpu: number; memoryGiB: number; gpus: number } {
  const total = { cpu: 0, memoryGiB: 0, gpus: 0 };
  for (const group of Object.values(config.nodeGroups)) {
    const { max } = nodeGroupSize(group, role);
    total.gpus += max * group.allocatable.gpus;
    if (group.taints.length === 0) {
      total.cpu += max * group.allocatable.cpu;
      total.memoryGiB += max * group.allocatable.memoryGiB;
    }
  }
  // Sums of decimal fractions, without the noise of binary ones.
  return { ...total, cpu: round(total.cpu), memoryGiB: round(total.memoryGiB) };
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
