import { COLOR_HEADER } from "../../../components/internal/headers";
import type { Json } from "../../../rollout/engine";
import { entryOf, type Entry } from "../../../rehearsal/world";
import { ACCOUNT, Asker, REGION } from "../clouds/ask";

export const COLORS = ["blue", "green"] as const;
const BALANCER = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/main/0123456789abcdef`;
const RULE = "aws:lb/listenerRule:ListenerRule";

/** A region with one workload in two colors behind one weighted rule, made through the stand-in clouds. */
export class Region {
  readonly asker = new Asker();
  readonly listener = this.asker.create("aws:lb/listener:Listener", "https", {
    loadBalancerArn: BALANCER,
    port: 443,
    defaultActions: [{ type: "fixed-response", fixedResponse: { statusCode: "404" } }],
  }).id;
  private readonly groups = new Map<string, string>();

  /** Adds a workload, its rule and testers' rules; rules of workloads that come first are looked at first. */
  route(workload: string, paths: string[], weights: Record<string, number>): string {
    const path = { pathPattern: { values: paths } };
    const order = this.groups.size;
    for (const [index, color] of COLORS.entries()) {
      const group = this.asker.create("aws:lb/targetGroup:TargetGroup", `${color}-${workload}`, {
        name: `pathfinity-${color}-${workload}`,
      }).id;
      this.groups.set(`${color} ${workload}`, group);
      this.rule(
        `${workload}-${color}`,
        1_000 + order + index,
        [{ httpHeader: { httpHeaderName: COLOR_HEADER, values: [color] } }, path],
        {
          type: "forward",
          targetGroupArn: group,
        },
      );
    }
    const targetGroups = COLORS.map((color) => ({
      arn: this.groups.get(`${color} ${workload}`)!,
      weight: weights[color]!,
    }));
    return this.rule(workload, 20_000 + order, [path], { type: "forward", forward: { targetGroups } });
  }

  rule(name: string, priority: number, conditions: Json[], action: Json): string {
    return this.asker.create(RULE, name, { listenerArn: this.listener, priority, conditions, actions: [action] }).id;
  }

  /** Puts pods behind a target group: a Deployment, its service, the binding, and an autoscaler where there is a floor. */
  pods(color: string, workload: string, deployment: { replicas?: number }, floor?: number): void {
    const namespace = `pathfinity-${color}`;
    const metadata = { name: workload, namespace };
    const labels = { app: workload };
    if (this.asker.world.get("kubernetes:core/v1:Namespace", `${cluster}/${namespace}`) === undefined) {
      this.asker.create("kubernetes:core/v1:Namespace", namespace, { metadata: { name: namespace } });
    }
    this.asker.create("kubernetes:apps/v1:Deployment", `${color}-${workload}`, {
      metadata,
      spec: { ...deployment, selector: { matchLabels: labels }, template: { metadata: { labels } } },
    });
    this.asker.create("kubernetes:core/v1:Service", `${color}-${workload}`, { metadata, spec: { selector: labels } });
    this.asker.create("kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding", `${color}-${workload}`, {
      metadata,
      spec: { targetGroupARN: this.group(color, workload), serviceRef: { name: workload, port: "http" } },
    });
    if (floor !== undefined) {
      this.asker.create("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", `${color}-${workload}`, {
        metadata,
        spec: { scaleTargetRef: { kind: "Deployment", name: workload }, minReplicas: floor, maxReplicas: 100 },
      });
    }
  }

  group(color: string, workload: string): string {
    return this.groups.get(`${color} ${workload}`)!;
  }

  get entry(): Entry {
    return entryOf(this.asker.world, REGION);
  }
}

const cluster = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/pathfinity`;
