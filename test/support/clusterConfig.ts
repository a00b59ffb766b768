import { clusterSchema, type ClusterConfig } from "../../stacks/config/cluster";

/** The `cluster` section as a stack file has it: the node groups of the strategy, and what the schema adds. */
export function clusterInput() {
  return {
    access: {
      deploy: { roleArn: "arn:aws:iam::123456789012:role/deploy", policy: "AmazonEKSClusterAdminPolicy" },
      view: {
        roleArn: "arn:aws:iam::123456789012:role/view",
        policy: "AmazonEKSViewPolicy",
        namespaces: ["pathfinity-blue"],
      },
    },
    nodeGroups: {
      general: {
        instanceType: "t3.xlarge",
        amiType: "AL2023_x86_64_STANDARD",
        size: { min: 3, desired: 10, max: 50 },
        recoverySize: { min: 3, desired: 3, max: 50 },
        labels: { Environment: "production", Type: "general" },
        allocatable: { cpu: 3.7, memoryGiB: 14 },
      },
      gpu: {
        instanceType: "g4dn.xlarge",
        amiType: "AL2023_x86_64_NVIDIA",
        size: { min: 0, desired: 2, max: 10 },
        recoverySize: { min: 0, desired: 0, max: 4 },
        labels: { Environment: "production", Type: "gpu", Purpose: "ai-workloads" },
        taints: [{ key: "gpu", value: "true", effect: "NO_SCHEDULE" }],
        allocatable: { cpu: 3.7, memoryGiB: 14, gpus: 1 },
      },
    },
  };
}

export function clusterConfig(): ClusterConfig {
  return clusterSchema.parse(clusterInput());
}
