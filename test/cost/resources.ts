import { costOf, type Cost } from "../../cost/cost";
import type { CostInputs } from "../../cost/inputs";
import { PRICES } from "../../cost/priceTable";
import type { CostResource } from "../../cost/resources";
import type { Json } from "../../rollout/engine";
import { costSchema } from "../../stacks/config/cost";

/** Inputs with their defaults, with nothing that students do unless a test says so. */
export function inputs(changes: Record<string, unknown> = {}, shares: Record<string, number> = {}): CostInputs {
  return { ...costSchema.parse(changes), shares };
}

let count = 0;

/** A resource in a region, with its provider. */
export function resource(type: string, properties: Record<string, Json>, region = "us-east-1"): CostResource[] {
  count += 1;
  const kind = type.startsWith("kubernetes:") ? "kubernetes" : "aws";
  const provider = `urn:pulumi:test::cutover::pulumi:providers:${kind}::${kind}-${region}`;
  return [
    {
      urn: provider,
      type: `pulumi:providers:${kind}`,
      inputs: kind === "aws" ? { region } : { clusterIdentifier: `arn:aws:eks:${region}:123456789012:cluster/test` },
    },
    { urn: `urn:pulumi:test::cutover::${type}::thing-${count}`, type, inputs: properties, provider },
  ];
}

/** A node group with its launch template. */
export function nodeGroup(
  instanceType: string,
  [minSize, desiredSize, maxSize]: readonly [number, number, number],
  { region = "us-east-1", capacityType = "ON_DEMAND", diskGiB = 100 } = {},
): CostResource[] {
  const parent = `urn:pulumi:test::cutover::cutover:aws:NodeGroup::group-${(count += 1)}`;
  const group = {
    instanceTypes: [instanceType],
    capacityType,
    scalingConfig: { minSize, desiredSize, maxSize },
  };
  const template = { blockDeviceMappings: [{ ebs: { volumeSize: diskGiB } }] };
  return [
    ...resource("aws:eks/nodeGroup:NodeGroup", group, region),
    ...resource("aws:ec2/launchTemplate:LaunchTemplate", template, region),
  ].map((one) => (one.type.startsWith("pulumi:") ? one : { ...one, parent }));
}

/** Pods of a workload of one color, with their autoscaler. */
export function workload(
  name: string,
  color: string,
  [least, most]: readonly [number, number],
  pod: { cpu: string; memory: string; gpus?: string },
  { region = "us-east-1", perSecond = undefined as string | undefined } = {},
): CostResource[] {
  const metadata = {
    name,
    namespace: `test-${color}`,
    labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/component": "server", "cutover/color": color },
  };
  const { gpus, ...requests } = pod;
  const resources = { requests, limits: gpus === undefined ? {} : { "nvidia.com/gpu": gpus } };
  const metrics = perSecond === undefined ? [] : [{ type: "Pods", pods: { target: { averageValue: perSecond } } }];
  return [
    ...resource(
      "kubernetes:apps/v1:Deployment",
      { metadata, spec: { template: { spec: { containers: [{ resources }] } } } } as Record<string, Json>,
      region,
    ),
    ...resource(
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
      { metadata, spec: { minReplicas: least, maxReplicas: most, metrics, scaleTargetRef: { name } } },
      region,
    ),
  ];
}

/** The cost of resources at the prices of the repository. */
export function cost(resources: readonly CostResource[], given: CostInputs = inputs()): Cost {
  return costOf(resources, PRICES, given);
}

/** USD an hour of the lines whose price has a name that starts so. */
export function priced({ lines }: Cost, prefix: string, state: "steady" | "both" = "steady"): number {
  return lines.filter(({ price }) => price.startsWith(prefix)).reduce((sum, line) => sum + line[state], 0);
}
