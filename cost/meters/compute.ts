import { quantityValue, gibibytes } from "../../components/internal/quantity";
import type { Resource } from "../../policies/graph";
import type { CostContext } from "../context";
import type { Meters, Use } from "../meter";
import { NODE_GROUP, specOf } from "../nodes";
import { POSTGRES } from "../pods";
import { CLUSTER_NODE, CLUSTER_STORAGE } from "../priceTable";

/** Size of a node's volume where nothing says it: what EKS takes. */
const EKS_DISK_GIB = 20;

/** Clusters, their nodes and volumes, functions. */
export const compute: Meters = {
  "aws:eks/cluster:Cluster": () => [{ part: "compute", price: "eks.cluster", quantity: 1 }],
  [NODE_GROUP]: nodes,
  "kubernetes:apps/v1:Deployment": clusterNodes,
  [POSTGRES]: databaseVolumes,
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

/** Nodes of a cluster that is there already: each of its Deployments has the same part of them. */
function clusterNodes(deployment: Resource, context: CostContext): Use[] {
  const nodes = context.nodes.clusters.get(context.region(deployment));
  if (nodes === undefined) {
    return [];
  }
  const part = context.portion(deployment);
  return [{ part: "compute", price: CLUSTER_NODE, quantity: nodes.average * part, both: nodes.bothAverage * part }];
}

/** Volumes of a PostgreSQL in the cluster; its instances are among the pods. */
function databaseVolumes(cluster: Resource): Use[] {
  const size = (volume: string) => gibibytes(cluster.text(`spec.${volume}.size`) ?? "0");
  const quantity = (cluster.number("spec.instances") ?? 1) * (size("storage") + size("walStorage"));
  return [{ part: "database", price: CLUSTER_STORAGE, quantity }];
}

/** Volumes that a chart asks for: Prometheus keeps its samples on them. */
function volumes(release: Resource, { inputs }: CostContext): Use[] {
  const size = release.text("values.server.persistentVolume.size");
  if (size === undefined || release.flag("values.server.persistentVolume.enabled") !== true) {
    return [];
  }
  const replicas = release.number("values.server.replicaCount") ?? 1;
  const price = inputs.cluster === undefined ? "ebs.gp3" : CLUSTER_STORAGE;
  return [{ part: "observability", price, quantity: gibibytes(size) * quantityValue(String(replicas)) }];
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
