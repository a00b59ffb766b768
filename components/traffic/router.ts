import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { COLOR_HEADER, WEIGHTED } from "../internal/headers";
import { hostSlug, type Color } from "../internal/names";
import { weightsFor } from "./split";

const TOKEN = "cutover:traffic:Router";
const COLORS = ["blue", "green"] as const;

/** Rules are looked at in the order of their priorities: testers first, then a generated load, the maintenance page, the weights. */
const PRIORITY = { testers: 1_000, load: 5_000, maintenance: 10_000, weighted: 20_000 } as const;

/** What requests of some paths are routed to: a workload, or the functions. */
export interface Route {
  /** Path patterns; empty for the route that takes the rest. At most 4: a rule has 5 values, and a header is one. */
  paths: readonly string[];
  /** Host name of its requests. @default - those of every name */
  host?: string;
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
  /** ARN of the certificate of each further host name. @default - none */
  otherCertificateArns?: Readonly<Record<string, pulumi.Input<string>>>;
  /** TLS policy of the listener. */
  sslPolicy: string;
  /** How long a user stays on a color, in seconds; 0 for not at all. */
  stickinessSeconds: number;
  /** The maintenance page, which everybody but testers gets; absent while it is off. */
  maintenance?: {
    /** At most 1024 characters. */
    page: string;
    /** Path that the edge asks for the region's health. @default - it asks nothing */
    healthPath?: string;
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
      for (const [key, route] of Object.entries(args.routes)) {
        this.loadRule(`${name}-${key}-maintenance-load`, listener, route, args);
      }
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
    const https = new lb.Listener(
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
    for (const [host, certificateArn] of Object.entries(args.otherCertificateArns ?? {})) {
      new lb.ListenerCertificate(
        `${name}-${hostSlug(host)}`,
        { listenerArn: https.arn, certificateArn },
        { parent: this },
      );
    }
    return https;
  }

  /** A request that names a color reaches it at any share: smoke tests meet the candidate before its first user does. */
  private testerRules(name: string, listener: lb.Listener, route: Route): void {
    const { priority, targetGroupArns } = route;
    for (const [index, color] of COLORS.entries()) {
      new lb.ListenerRule(
        `${name}-${color}-tester`,
        {
          listenerArn: listener.arn,
          priority: PRIORITY.testers + COLORS.length * priority + index,
          conditions: [{ httpHeader: { httpHeaderName: COLOR_HEADER, values: [color] } }, ...conditions(route)],
          actions: [{ type: "forward", targetGroupArn: targetGroupArns[color] }],
        },
        { parent: this },
      );
    }
  }

  private weightedRule(name: string, listener: lb.Listener, route: Route, args: RouterArgs): pulumi.Output<string> {
    return new lb.ListenerRule(
      name,
      {
        listenerArn: listener.arn,
        priority: PRIORITY.weighted + route.priority,
        conditions: conditions(route),
        actions: [split(route, args)],
      },
      { parent: this },
    ).arn;
  }

  /** Behind the page, the weights are tried on a load that nobody but its generator sends. */
  private loadRule(name: string, listener: lb.Listener, route: Route, args: RouterArgs): void {
    new lb.ListenerRule(
      name,
      {
        listenerArn: listener.arn,
        priority: PRIORITY.load + route.priority,
        conditions: [{ httpHeader: { httpHeaderName: COLOR_HEADER, values: [WEIGHTED] } }, ...conditions(route)],
        actions: [split(route, args)],
      },
      { parent: this },
    );
  }

  /** The page, and before it an answer for the edge: a 503 would make every region look dead, and move its users. */
  private maintenanceRules(
    name: string,
    listener: lb.Listener,
    { page, healthPath }: NonNullable<RouterArgs["maintenance"]>,
  ) {
    const answers = [
      ...(healthPath === undefined
        ? []
        : [{ role: "maintenance-health", paths: [healthPath], action: fixedResponse("Maintenance", "200") }]),
      { role: "maintenance", paths: [], action: fixedResponse(page, "503") },
    ];
    for (const [index, { role, paths, action }] of answers.entries()) {
      new lb.ListenerRule(
        `${name}-${role}`,
        {
          listenerArn: listener.arn,
          priority: PRIORITY.maintenance + index,
          conditions: conditions({ paths }),
          actions: [action],
        },
        { parent: this },
      );
    }
  }
}

function split({ targetGroupArns }: Route, { greenPercent, stickinessSeconds }: RouterArgs) {
  const weights = weightsFor("alb-listener-rule", greenPercent);
  const stickiness = { enabled: true, duration: stickinessSeconds };
  return {
    type: "forward",
    forward: {
      targetGroups: COLORS.map((color) => ({ arn: targetGroupArns[color], weight: weights[color] })),
      ...(stickinessSeconds > 0 ? { stickiness } : {}),
    },
  };
}

/** What a request has to have for a route: its host, where it names one, and its path. */
function conditions({ host, paths }: Pick<Route, "host" | "paths">) {
  const path = { pathPattern: { values: paths.length > 0 ? [...paths] : ["/*"] } };
  return host === undefined ? [path] : [{ hostHeader: { values: [host] } }, path];
}

function fixedResponse(messageBody: string, statusCode: string) {
  return { type: "fixed-response", fixedResponse: { contentType: "text/plain", messageBody, statusCode } };
}
