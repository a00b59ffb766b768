import type { World } from "../engine/cloud";
import { SERVICE } from "../../rollout/serviceSwitch";
import { fields, text, type Fields } from "../../pulumi/json";
import { inRegion, spaceOf } from "./region";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const BINDING = "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding";

/** The pods of one Deployment. */
export interface Pods {
  /** Namespace, with the cluster before it. */
  namespace: string;
  /** Name of the Deployment. */
  deployment: string;
  labels: Fields;
  /** How many can answer requests. */
  ready: number;
}

/** The pods that stand in the clusters of a region. A pod is ready as soon as its Deployment asks for it. */
export function podsOf(world: World, region: string): Pods[] {
  const autoscalers = new Map<string, Fields>();
  for (const thing of inRegion(world, AUTOSCALER, region)) {
    const spec = fields(thing.properties.spec);
    autoscalers.set(`${spaceOf(thing)}/${text(fields(spec.scaleTargetRef).name)}`, spec);
  }
  return inRegion(world, DEPLOYMENT, region).map((thing) => {
    const spec = fields(thing.properties.spec);
    return {
      namespace: spaceOf(thing),
      deployment: text(fields(thing.properties.metadata).name),
      labels: fields(fields(fields(spec.template).metadata).labels),
      ready: replicas(spec, autoscalers.get(thing.id)),
    };
  });
}

/** How many pods stand behind each Service of a region's clusters, by the Service's identifier. */
export function servedPods(world: World, region: string): Map<string, number> {
  const pods = podsOf(world, region);
  return new Map(
    inRegion(world, SERVICE, region).map((service) => {
      const namespace = spaceOf(service);
      const selector = fields(fields(service.properties.spec).selector);
      const ready = pods
        .filter((each) => each.namespace === namespace && selects(selector, each.labels))
        .reduce((total, each) => total + each.ready, 0);
      // `failing` is nothing of Kubernetes: a fault of the rehearsal lets the pods fail their readiness probes.
      return [service.id, service.properties.failing === true ? 0 : ready];
    }),
  );
}

/** How many pods stand behind each target group that a cluster of the region binds, by the group's name or ARN. */
export function boundPods(world: World, region: string): Map<string, number> {
  const served = servedPods(world, region);
  const bound = new Map<string, number>();
  for (const binding of inRegion(world, BINDING, region)) {
    const { targetGroupName, targetGroupARN, serviceRef } = fields(binding.properties.spec);
    const ready = served.get(`${spaceOf(binding)}/${text(fields(serviceRef).name)}`) ?? 0;
    const group = text(targetGroupARN ?? targetGroupName);
    bound.set(group, (bound.get(group) ?? 0) + ready);
  }
  return bound;
}

/** An autoscaler keeps a Deployment between its limits, unless the Deployment asks for none at all. */
function replicas(spec: Fields, autoscaler: Fields | undefined): number {
  const asked = Number(spec.replicas ?? 1);
  if (autoscaler === undefined || asked === 0) {
    return asked;
  }
  return Math.min(Math.max(asked, Number(autoscaler.minReplicas ?? 1)), Number(autoscaler.maxReplicas));
}

/** A selector without labels selects nothing, as in a Service. */
function selects(selector: Fields, labels: Fields): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
