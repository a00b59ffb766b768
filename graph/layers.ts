import type { Resource } from "../policies/graph";
import { regionOfArn } from "../policies/regions";
import { aks, AKS, AKS_POOL, flexibleServers } from "./azureLayers";
import { count, number, text } from "./figures";

/** A layer of a region, in a line. */
export interface Layer {
  name: "network" | "cluster" | "database" | "cache" | "storage" | "AI";
  text: string;
}

/**
 * What a region has, from the bottom up, in figures.
 *
 * @param resources - Those of the region.
 * @param zones - How many availability zones it spans.
 * @param models - The AI models that it may ask.
 */
export function layersOf(resources: readonly Resource[], zones: number, models: readonly string[]): Layer[] {
  const of = (type: string) => resources.filter((resource) => resource.type === type);
  const networks = [...of("aws:ec2/vpc:Vpc"), ...of("azure-native:network:VirtualNetwork")];
  const layers: [Layer["name"], (string | undefined)[]][] = [
    [
      "network",
      [
        ...of("aws:ec2/vpc:Vpc").map((vpc) => text(vpc, "cidrBlock")),
        ...of("azure-native:network:VirtualNetwork").map((vnet) => text(vnet, "addressSpace.addressPrefixes[0]")),
        networks.length > 0 ? `${zones} zones` : undefined,
      ],
    ],
    [
      "cluster",
      [
        ...of("aws:eks/cluster:Cluster").map((cluster) => `EKS ${text(cluster, "version") ?? ""}`.trim()),
        nodes(of("aws:eks/nodeGroup:NodeGroup")),
        ...of(AKS).flatMap((cluster) => aks(cluster, of(AKS_POOL))),
        networks.length > 0 ? undefined : given(of("kubernetes:core/v1:Namespace"), zones),
      ],
    ],
    [
      "database",
      [
        ...databases(of("aws:rds/instance:Instance")),
        ...flexibleServers(of("azure-native:dbforpostgresql:Server")),
        ...of("kubernetes:postgresql.cnpg.io/v1:Cluster").map(inCluster),
      ],
    ],
    [
      "cache",
      [
        ...of("aws:elasticache/replicationGroup:ReplicationGroup").map(
          (group) =>
            `${text(group, "engine") ?? "cache"}, ${number(group, "numCacheClusters") ?? "?"} × ${text(group, "nodeType") ?? "?"}`,
        ),
        ...of("azure-native:redisenterprise:RedisEnterprise").map(
          (cache) => `redis, ${text(cache, "sku.name") ?? "?"}`,
        ),
      ],
    ],
    [
      "storage",
      [
        count(of("aws:s3/bucket:Bucket").length, "bucket"),
        count(of("azure-native:storage:StorageAccount").length, "storage account"),
      ],
    ],
    ["AI", [models.length === 0 ? undefined : `Azure OpenAI: ${models.join(", ")}`]],
  ];
  return layers.flatMap(([name, parts]) => {
    const known = parts.filter((part) => part !== undefined);
    return known.length === 0 ? [] : [{ name, text: known.join(" · ") }];
  });
}

function nodes(groups: readonly Resource[]): string | undefined {
  const least = groups.reduce((sum, group) => sum + (number(group, "scalingConfig.minSize") ?? 0), 0);
  const most = groups.reduce((sum, group) => sum + (number(group, "scalingConfig.maxSize") ?? 0), 0);
  return groups.length === 0 ? undefined : `${least}–${most} nodes in ${count(groups.length, "group")}`;
}

/** A cluster that is there already: what is known of it is what stands in it. */
function given(namespaces: readonly Resource[], zones: number): string | undefined {
  return namespaces.length === 0 ? undefined : `Kubernetes, ${zones} zones, ${count(namespaces.length, "namespace")}`;
}

function inCluster(cluster: Resource): string {
  return `PostgreSQL: primary + ${count((number(cluster, "spec.instances") ?? 1) - 1, "replica") ?? "no replica"}`;
}

function databases(instances: readonly Resource[]): (string | undefined)[] {
  const source = (instance: Resource) => text(instance, "replicateSourceDb");
  const primaries = instances.filter((instance) => source(instance) === undefined);
  const recovery = instances.filter((instance) => regionOfArn(source(instance)) !== undefined);
  const readers = instances.length - primaries.length - recovery.length;
  const what = [
    primaries.length > 0 ? "primary" : undefined,
    count(readers, "reader"),
    recovery.length > 0 ? "replica of another region" : undefined,
  ].filter((part) => part !== undefined);
  const classes = [...new Set(instances.map((instance) => text(instance, "instanceClass")))];
  return [what.length === 0 ? undefined : what.join(" + "), ...classes];
}
