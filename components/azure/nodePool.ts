import type * as inputs from "@pulumi/azure-native/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { PoolConfig } from "../../stacks/config/azure/cluster";

/** Where the nodes of a pool stand, and which version they run. */
export interface PoolPlace {
  /** Version of Kubernetes. */
  version: string;
  zones: readonly string[];
  subnetId: pulumi.Input<string>;
  tags: Record<string, string>;
}

/** What the system pool and the others are told. */
export function poolArgs(
  pool: PoolConfig,
  args: PoolPlace,
): Omit<inputs.containerservice.ManagedClusterAgentPoolProfileArgs, "name"> {
  const { mode, taints } = pool;
  return {
    mode,
    type: "VirtualMachineScaleSets",
    vmSize: pool.vmSize,
    osType: "Linux",
    osSKU: "AzureLinux",
    osDiskType: pool.disk,
    osDiskSizeGB: pool.diskGiB,
    orchestratorVersion: args.version,
    enableAutoScaling: true,
    count: pool.min,
    minCount: pool.min,
    maxCount: pool.max,
    availabilityZones: [...args.zones],
    vnetSubnetID: args.subnetId,
    enableNodePublicIP: false,
    enableEncryptionAtHost: true,
    nodeLabels: pool.labels,
    nodeTaints: [
      // What AKS itself runs tolerates it, and nothing else does.
      ...(mode === "System" ? ["CriticalAddonsOnly=true:NoSchedule"] : []),
      ...taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`),
    ],
    upgradeSettings: { maxSurge: "33%", drainTimeoutInMinutes: 30, nodeSoakDurationInMinutes: 5 },
    tags: args.tags,
  };
}
