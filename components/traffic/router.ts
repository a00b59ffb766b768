import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { COLOR_HEADER } from "../internal/headers";
import type { Color } from "../internal/names";
import { weightsFor } from "./split";

const TOKEN = "cutover:traffic:Router";
const COLORS = ["blue", "green"] as const;

/** Rules are looked at in the order of their priorities: testers first, then the maintenance page, then the weights. */
const PRIORITY = { testers: 1_000, maintenance: 10_000, weighted: 20_000 } as const;

/** What requests of some paths are routed to: a workload, or the functions. */
export interface Route {
  /** Path patterns; empty for the route that takes the rest. At most 4: a rule has 5 values, and a header is one. */
  paths: readonly string[];
  /** Order among the routes: lower first. */
  priority: number;
  /** ARN of the target group of each color. */
  targetGroupArns: Record<Color, pulumi.Input<string>>;
}

export interface RouterArgs {
  /** Percentage of the region's requests that green serves. */
  greenPercent: number;
  /** The routes, by name. Every route of a region has the same split. */
  routes: Readonly<Record<string, Route>>;
  loadBalancerArn: pulumi.Input<string>;
  certificateArn: pulumi.Input<string>;
  /** TLS policy of the listener. */
  sslPolicy: string;
  /** How long a user stays on a color, in seconds; 0 for not at all. */
  stickinessSeconds: number;
  /** The maintenance page, which everybody but testers gets; absent while it is off. */
  maintenance?: {
    /** At most 1024 characters. */
    page: string;
    /** Path that the edge asks for the region's health. */
    healthPath: string;
  };
}

/**
 * The weighted router of one region: the listeners of its load balancer, and a listener rule for each route whose weights
 * split the requests between the colors. A shift of traffic changes the weights of these rules and nothing else.
 */
export class Router extends pulumi.ComponentResource {
  /** ARN of the HTTPS listener. */
  public readonly listenerArn: pulumi.Output<string>;
  /** The weighted rules: ARN by route. */
  public readonly ruleArns: Record<string, pulumi.Output<string>>;

  /**
   * @throws RangeError for a percentage that a listener rule cannot express.
   */
  public constructor(name: string, args: RouterArgs, opts: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const listener = this.listeners(name, args);
    for (const [key, route] of Object.entries(args.routes)) {
      this.testerRules(`${name}-${key}`, listener, route);
    }
    if (args.maintenance !== undefined) {
      this.maintenanceRules(name, listener, args.maintenance);
    }
    this.ruleArns = Object.fromEntries(
      Object.entries(args.routes).map(([key, route]) => [
        key,
        this.weightedRule(`${name}-${key}`, listener, route, args),
      ]),
    );
    this.listenerArn = listener.arn;
    this.registerOutputs({ listenerArn: this.listenerArn, ruleArns: this.ruleArns });
  }

  private listeners(name: string, args: RouterArgs): lb.Listener {
    new lb.Listener(
      `${name}-http`,
      {
        loadBalancerArn: args.loadBalancerArn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }],
      },
      { parent: this },
    );
    return new lb.Listener(
      `${name}-https`,
      {
        loadBalancerArn: args.loadBalancerArn,
        port: 443,
        protocol: "HTTPS",
        certificateArn: args.certificateArn,
        sslPolicy: args.sslPolicy,
        defaultActions: [fixedResponse("Not found", "404")],
      },
      { parent: this },
    );
  }

  /** A request that names a color reaches it at any share: smoke tests meet the candidate before its first user does. */
  private testerRules(name: string, listener: lb.Listener, { paths, priority, targetGroupArns }: Route): void {
    for (const [index, color] of COLORS.entries()) {
      new lb.ListenerRule(
        `${name}-${color}-tester`,
        {
          listenerArn: listener.arn,
          priority: PRIORITY.testers + COLORS.length * priority + index,
          conditions: [{ httpHeader: { httpHeaderName: COLOR_HEADER, values: [color] } }, pathCondition(paths)],
          actions: [{ type: "forward", targetGroupArn: targetGroupArns[color] }],
        },
        { parent: this },
      );
    }
  }

  private weightedRule(name: string, listener: lb.Listener, route: Route, args: RouterArgs): pulumi.Output<string> {
    const weights = weightsFor("alb-listener-rule", args.greenPercent);
    const stickiness = { enabled: true, duration: args.stickinessSeconds };
    return new lb.ListenerRule(
      name,
      {
        listenerArn: listener.arn,
        priority: PRIORITY.weighted + route.priority,
        conditions: [pathCondition(route.paths)],
        actions: [
          {
            type: "forward",
            forward: {
              targetGroups: COLORS.map((color) => ({ arn: route.targetGroupArns[color], weight: weights[color] })),
              ...(args.stickinessSeconds > 0 ? { stickiness } : {}),
            },
          },
        ],
      },
      { parent: this },
    ).arn;
  }

  /** The page, and before it an answer for the edge: a 503 would make every region look dead, and move its users. */
  private maintenanceRules(
    name: string,
    listener: lb.Listener,
    { page, healthPath }: NonNullable<RouterArgs["maintenance"]>,
  ) {
    const answers = [
      { role: "maintenance-health", paths: [healthPath], action: fixedResponse("Maintenance", "200") },
      { role: "maintenance", paths: [], action: fixedResponse(page, "503") },
    ];
    for (const [index, { role, paths, action }] of answers.entries()) {
      new lb.ListenerRule(
        `${name}-${role}`,
        {
          listenerArn: listener.arn,
          priority: PRIORITY.maintenance + index,
          conditions: [pathCondition(paths)],
          actions: [action],
        },
        { parent: this },
      );
    }
  }
}

function pathCondition(paths: readonly string[]) {
  return { pathPattern: { values: paths.length > 0 ? [...paths] : ["/*"] } };
}

function fixedResponse(messageBody: string, statusCode: string) {
  return { type: "fixed-response", fixedResponse: { contentType: "text/plain", messageBody, statusCode } };
}
