import { orUndefined } from "../cost/context";
import type { Resource } from "../policies/graph";
import { regionOfArn } from "../policies/regions";

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
  const layers: [Layer["name"], (string | undefined)[]][] = [
    [
      "network",
      [
        ...of("aws:ec2/vpc:Vpc").map((vpc) => text(vpc, "cidrBlock")),
        of("aws:ec2/vpc:Vpc").length > 0 ? `${zones} zones` : undefined,
      ],
    ],
    [
      "cluster",
      [
        ...of("aws:eks/cluster:Cluster").map((cluster) => `EKS ${text(cluster, "version") ?? ""}`.trim()),
        nodes(of("aws:eks/nodeGroup:NodeGroup")),
      ],
    ],
    ["database", databases(of("aws:rds/instance:Instance"))],
    [
      "cache",
      of("aws:elasticache/replicationGroup:ReplicationGroup").map(
        (group) =>
          `${text(group, "engine") ?? "cache"}, ${number(group, "numCacheClusters") ?? "?"} × ${text(group, "nodeType") ?? "?"}`,
      ),
    ],
    ["storage", [count(of("aws:s3/bucket:Bucket").length, "bucket")]],
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

function count(amount: number, noun: string): string | undefined {
  return amount === 0 ? undefined : `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

function text(resource: Resource, path: string): string | undefined {
  return orUndefined(() => resource.text(path));
}

function number(resource: Resource, path: string): number | undefined {
  const value = orUndefined(() => resource.get(path));
  return typeof value === "number" ? value : undefined;
}
