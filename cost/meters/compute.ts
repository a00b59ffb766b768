import { quantityValue, gibibytes } from "../../components/internal/quantity";
import type { Resource } from "../../policies/graph";
import type { CostContext } from "../context";
import type { Meters, Use } from "../meter";
import { NODE_GROUP, specOf } from "../nodes";

/** Size of a node's volume where nothing says it: what EKS takes. */
const EKS_DISK_GIB = 20;

/** Clusters, their nodes and volumes, functions. */
export const compute: Meters = {
  "aws:eks/cluster:Cluster": () => [{ part: "compute", price: "eks.cluster", quantity: 1 }],
  [NODE_GROUP]: nodes,
  "kubernetes:helm.sh/v3:Release": volumes,
  "aws:lambda/function:Function": functions,
};

/** Reserved nodes are paid for always; of the others, a share runs at spot prices. */
function nodes(group: Resource, context: CostContext): Use[] {
  const { rest, average, bothAverage } = context.nodes.groups.get(group.urn)!;
  const kind = (specOf(context, group)?.gpus ?? 0) > 0 ? "gpu" : "general";
  const onlySpot = group.text("capacityType") === "SPOT";
  const reserved = onlySpot ? 0 : (rest * context.inputs.reservedPercent[kind]) / 100;
  const spot = onlySpot ? 1 : context.inputs.spotPercent[kind] / 100;
  const price = `ec2.${group.texts("instanceTypes[*]")[0] ?? "unknown"}`;
  const template = context.sibling(group, "aws:ec2/launchTemplate:LaunchTemplate");
  const disk = template?.number("blockDeviceMappings[0].ebs.volumeSize") ?? group.number("diskSize") ?? EKS_DISK_GIB;
  const use = (suffix: string, share: (count: number) => number): Use => ({
    part: "compute",
    price: `${price}${suffix}`,
    quantity: share(average),
    both: share(bothAverage),
  });
  return [
    use("", (count) => (count - reserved) * (1 - spot)),
    use(".spot", (count) => (count - reserved) * spot),
    use(".reserved", () => reserved),
    { part: "compute", price: "ebs.gp3", quantity: average * disk, both: bothAverage * disk },
  ];
}

/** Volumes that a chart asks for: Prometheus keeps its samples on them. */
function volumes(release: Resource): Use[] {
  const size = release.text("values.server.persistentVolume.size");
  if (size === undefined || release.flag("values.server.persistentVolume.enabled") !== true) {
    return [];
  }
  const replicas = release.number("values.server.replicaCount") ?? 1;
  return [{ part: "observability", price: "ebs.gp3", quantity: gibibytes(size) * quantityValue(String(replicas)) }];
}

/** Functions that come as an image answer requests; the others rotate secrets, a few times a month. */
function functions(resource: Resource, context: CostContext): Use[] {
  const answers = (other: Resource) => other.text("packageType") === "Image";
  if (!answers(resource)) {
    return [];
  }
  const { requestPercent, seconds } = context.inputs.functions;
  const requests =
    (context.requests(context.region(resource)) * context.portion(resource, answers) * requestPercent) / 100;
  const gib = (resource.number("memorySize") ?? 128) / 1024;
  const architecture = resource.texts("architectures[*]")[0] ?? "x86_64";
  return [
    { part: "compute", price: "lambda.requests", quantity: requests / 1e6 },
    { part: "compute", price: `lambda.${architecture}`, quantity: requests * seconds * gib },
  ];
}
