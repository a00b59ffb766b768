import { z } from "zod";
import { cidr, count, labelKey, labelValue } from "../fields";
import { controllersSchema } from "./controllers";
import { guid, maintenanceSchema } from "./fields";

const pool = z
  .strictObject({
    mode: z
      .enum(["System", "User"])
      .describe("System: what AKS itself runs has its place here, and nothing else. User: workloads."),
    vmSize: z
      .string()
      .regex(/^Standard_\w+$/, "a size of virtual machines such as Standard_D4ds_v5")
      .describe("Size of the nodes; it must be offered in every zone of the region."),
    min: count(0).describe("The fewest nodes."),
    max: count(1).pipe(z.number().max(1_000)).describe("The most nodes, up to 1,000."),
    diskGiB: count(30).default(128).describe("Size of a node's disk, GiB."),
    disk: z
      .enum(["Ephemeral", "Managed"])
      .default("Managed")
      .describe(
        "Managed: a disk of Azure, which follows the rotation of the key. Ephemeral: on the machine's own disk, faster and free, if its size has one that is large enough; but AKS rotates the key of such a pool only while it has no node, which a system pool never has.",
      ),
    labels: z.record(labelKey, labelValue).default({}).describe("Labels of the nodes."),
    taints: z
      .array(
        z.strictObject({
          key: labelKey,
          value: labelValue,
          effect: z.enum(["NoSchedule", "NoExecute", "PreferNoSchedule"]),
        }),
      )
      .default([])
      .describe("Taints of the nodes: only pods that tolerate them run there."),
    allocatable: z
      .strictObject({
        cpu: z.number().positive().describe("vCPU."),
        memoryGiB: z.number().positive().describe("Memory, GiB."),
        gpus: count(0).default(0).describe("GPUs."),
      })
      .describe("What one node leaves to pods, after what AKS keeps and what each node's daemons use."),
  })
  .refine(({ min, max }) => min <= max, "min <= max")
  .refine(({ mode, min }) => mode === "User" || min >= 3, "a system pool has 3 nodes at least, one in each zone");

export const clusterSchema = z
  .strictObject({
    version: z
      .string()
      .regex(/^1\.\d{2}$/, 'a version of Kubernetes in quotes, such as "1.35"')
      .default("1.35")
      .describe("Version of Kubernetes. AKS supports 1.35 until 2027-03-31; patches are Azure's, by upgradeChannel."),
    upgradeChannel: z
      .enum(["none", "patch"])
      .default("patch")
      .describe(
        "What Azure upgrades by itself in the window: patches of the version, or nothing. Minor versions move by this file, after a rehearsal.",
      ),
    nodeImageChannel: z
      .enum(["None", "SecurityPatch", "NodeImage"])
      .default("NodeImage")
      .describe("What Azure renews on the nodes in the window: security patches, whole images each week, or nothing."),
    maintenance: maintenanceSchema.extend({
      hours: z
        .number()
        .int()
        .min(4)
        .max(24)
        .default(4)
        .describe("Length of the window, hours: 4 at least, a limit of AKS."),
    }),
    access: z
      .record(
        z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, "lower-case letters, digits and hyphens"),
        z.strictObject({
          objectId: guid.describe("Object of the Entra group, or of the identity, that gets access."),
          kind: z.enum(["Group", "ServicePrincipal"]).describe("What the object is."),
          role: z
            .enum(["cluster-admin", "admin", "writer", "reader"])
            .describe("What its members may do. Whoever runs `pulumi up` makes namespaces: cluster-admin."),
        }),
      )
      .refine(
        (access) => Object.values(access).some(({ role }) => role === "cluster-admin"),
        "at least one cluster-admin, who runs `pulumi up`: there are no local accounts",
      )
      .describe("Who may use the Kubernetes API, by a name of your choice."),
    registryId: z
      .string()
      .regex(
        /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ContainerRegistry\/registries\/[A-Za-z0-9]{5,50}$/,
        "the id of a container registry",
      )
      .optional()
      .describe(
        "Container registry of Azure, in the deployment's subscription, whose images nodes may pull. Left out, nodes pull what everybody can.",
      ),
    podCidr: cidr
      .default("10.244.0.0/16")
      .describe("Range of the pods, an overlay that only the cluster knows: a node takes a /24."),
    serviceCidr: cidr.default("10.245.0.0/16").describe("Range of the services, which only the cluster knows."),
    pools: z
      .record(z.string().regex(/^[a-z][a-z0-9]{0,11}$/, "1 to 12 lower-case letters and digits"), pool)
      .refine(
        (pools) => Object.values(pools).filter(({ mode }) => mode === "System").length === 1,
        "one pool of mode System",
      )
      .refine(
        (pools) => Object.values(pools).some(({ mode, taints }) => mode === "User" && taints.length === 0),
        "at least one User pool without taints, for workloads that tolerate none",
      )
      .describe("Node pools by name; each grows and shrinks by itself, over the zones of the region."),
    controllers: controllersSchema,
  })
  .describe("The AKS cluster: private API, Entra identities only, network policies by Cilium.");

export type AksConfig = z.infer<typeof clusterSchema>;
export type PoolConfig = AksConfig["pools"][string];

/** What the nodes leave to workloads when every pool is at its largest: CPU and memory of User pools without taints, GPUs of all. */
export function poolCapacity(config: Pick<AksConfig, "pools">): { cpu: number; memoryGiB: number; gpus: number } {
  const total = { cpu: 0, memoryGiB: 0, gpus: 0 };
  for (const { mode, max, taints, allocatable } of Object.values(config.pools)) {
    total.gpus += max * allocatable.gpus;
    if (mode === "User" && taints.length === 0) {
      total.cpu += max * allocatable.cpu;
      total.memoryGiB += max * allocatable.memoryGiB;
    }
  }
  // Sums of decimal fractions, without the noise of binary ones.
  const round = (value: number) => Math.round(value * 1_000) / 1_000;
  return { cpu: round(total.cpu), memoryGiB: round(total.memoryGiB), gpus: total.gpus };
}
