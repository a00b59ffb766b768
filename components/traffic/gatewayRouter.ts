import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { COLOR_HEADER, PAGE, WEIGHTED } from "../internal/headers";
import { namespaceName, type Color } from "../internal/names";
import { clusterRouterMetadata, type ClusterRouterArgs, type ClusterRoute } from "./clusterRouter";
import { pathMatch } from "./paths";
import { weightsFor } from "./split";

const TOKEN = "cutover:traffic:GatewayRouter";
const GATEWAY_API = "gateway.networking.k8s.io";
const COLORS = ["blue", "green"] as const;

/*
 * What the API server would fill in is written out. It keeps a route's rules as one value, so that whatever it adds would be a change
 * to take back in the next shift after a refresh.
 */
const GATEWAY = { group: GATEWAY_API, kind: "Gateway" } as const;
const SERVICE = { group: "", kind: "Service" } as const;
const EVERYTHING = [{ path: pathMatch("/*") }];

/** Names of the gateway's listeners. */
export const LISTENERS = { http: "http", https: "https" } as const;

/** A gateway that is made for the deployment, beside its routes. */
export interface OwnGateway {
  /** Name of the GatewayClass: which controller makes the gateway. */
  className: string;
  /** Name of the secret with the certificate, in the namespace of the router. */
  certificateSecret: pulumi.Input<string>;
  /** What the controller wants to be told. @default - nothing */
  annotations?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** A gateway that is there already, and lets routes of the router's namespace in. */
export interface GivenGateway {
  name: pulumi.Input<string>;
  namespace: pulumi.Input<string>;
  /** Its HTTPS listener. @default - all of its listeners */
  listener?: pulumi.Input<string>;
}

export interface GatewayRouterArgs extends ClusterRouterArgs {
  /** Host names that the routes answer for. At most 16. */
  hostnames: readonly pulumi.Input<string>[];
  gateway: OwnGateway | GivenGateway;
  /**
   * What answers with the maintenance page, in the namespace of the router; absent where there is none, and then it cannot be
   * turned on: a route has no answer of its own.
   */
  maintenance?: {
    /** Whether everybody but testers gets the page. */
    on: boolean;
    service: pulumi.Input<string>;
    port: number;
  };
}

/**
 * The weighted router of one cluster: a gateway, a route of the Gateway API for each routed workload, whose weights split the
 * requests between the Services of the colors, and the grants that let routes reach them. A shift of traffic changes weights of the
 * routes and nothing else.
 *
 * Of two rules with the same path, a gateway takes the one that asks for more headers, then the first in the list: testers go
 * before the page, and the page before the weights.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
export class GatewayRouter extends pulumi.ComponentResource {
  /** Identifier of each route, `<namespace>/<name>`, by workload. */
  public readonly routeIds: Record<string, pulumi.Output<string>>;
  /** Name of the gateway. */
  public readonly gatewayName: pulumi.Output<string>;

  /**
   * @throws RangeError for a percentage or a path that a route cannot express.
   */
  public constructor(name: string, args: GatewayRouterArgs, opts: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const parent = this.gateway(name, args);
    const grants = this.grants(name, args);
    this.gatewayName = pulumi.output(parent.name);
    this.routeIds = Object.fromEntries(
      Object.entries(args.routes).map(([workload, route]) => [
        workload,
        this.object(
          `${name}-${workload}`,
          "v1",
          "HTTPRoute",
          clusterRouterMetadata(args, workload),
          {
            parentRefs: [parent],
            hostnames: args.hostnames,
            rules: rulesOf(workload, route, args),
          },
          // A route without its grant answers 500.
          grants,
        ).id,
      ]),
    );
    this.registerOutputs({ routeIds: this.routeIds, gatewayName: this.gatewayName });
  }

  /** What routes name as their parent. */
  private gateway(name: string, args: GatewayRouterArgs) {
    const { gateway } = args;
    if ("name" in gateway) {
      const { name: given, namespace, listener } = gateway;
      return { ...GATEWAY, name: given, namespace, ...(listener === undefined ? {} : { sectionName: listener }) };
    }
    const { annotations, ...metadata } = clusterRouterMetadata(args, args.deployment);
    const certificateRefs = [{ group: "", kind: "Secret", name: gateway.certificateSecret }];
    const allowedRoutes = { namespaces: { from: "Same" } };
    const own = this.object(
      `${name}-gateway`,
      "v1",
      "Gateway",
      { ...metadata, annotations: { ...annotations, ...gateway.annotations } },
      {
        gatewayClassName: gateway.className,
        listeners: [
          { name: LISTENERS.http, port: 80, protocol: "HTTP", allowedRoutes },
          {
            name: LISTENERS.https,
            port: 443,
            protocol: "HTTPS",
            tls: { mode: "Terminate", certificateRefs },
            allowedRoutes,
          },
        ],
      },
    );
    const gatewayName = own.metadata.name;
    this.object(`${name}-redirect`, "v1", "HTTPRoute", clusterRouterMetadata(args, `${args.deployment}-redirect`), {
      parentRefs: [{ ...GATEWAY, name: gatewayName, sectionName: LISTENERS.http }],
      hostnames: args.hostnames,
      rules: [
        {
          matches: EVERYTHING,
          filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }],
        },
      ],
    });
    return { ...GATEWAY, name: gatewayName, sectionName: LISTENERS.https };
  }

  /** Permission of each color's namespace for the routes to reach its routed Services. */
  private grants(name: string, args: GatewayRouterArgs): CustomResource[] {
    return COLORS.map((color) =>
      this.object(
        `${name}-${color}-grant`,
        "v1beta1",
        "ReferenceGrant",
        { ...clusterRouterMetadata(args, "routes"), namespace: namespaceName(args.deployment, color) },
        {
          from: [{ group: GATEWAY_API, kind: "HTTPRoute", namespace: args.namespace }],
          to: Object.keys(args.routes).map((workload) => ({ group: "", kind: "Service", name: workload })),
        },
      ),
    );
  }

  private object(
    name: string,
    version: string,
    kind: string,
    metadata: Record<string, unknown>,
    spec: Record<string, unknown>,
    dependsOn: pulumi.Resource[] = [],
  ): CustomResource {
    return new CustomResource(
      name,
      { apiVersion: `${GATEWAY_API}/${version}`, kind, metadata, spec },
      { parent: this, dependsOn },
    );
  }
}

/** The rules of a workload's route. They keep their places, so that a shift or the page changes nothing but a field. */
function rulesOf(workload: string, route: ClusterRoute, args: GatewayRouterArgs): object[] {
  const { deployment, greenPercent, maintenance } = args;
  const paths = (route.paths.length === 0 ? ["/*"] : route.paths).map(pathMatch);
  const matches = (color?: string) =>
    paths.map((path) => ({
      path,
      ...(color === undefined ? {} : { headers: [{ type: "Exact", name: COLOR_HEADER, value: color }] }),
    }));
  const backend = (color: Color, weight: number) => ({
    ...SERVICE,
    namespace: namespaceName(deployment, color),
    name: workload,
    port: route.port,
    weight,
  });
  const weights = weightsFor("http-route", greenPercent);
  const split = () => COLORS.map((color) => backend(color, weights[color]));
  return [
    ...COLORS.map((color) => ({
      matches: matches(color),
      backendRefs: [backend(color, 1)],
    })),
    ...(maintenance === undefined
      ? []
      : [
          // Behind the page, the weights are tried on a load that nobody but its generator sends.
          { matches: matches(WEIGHTED), backendRefs: split() },
          {
            // While it is off, who asks for it can look at it.
            matches: matches(maintenance.on ? undefined : PAGE),
            backendRefs: [{ ...SERVICE, name: maintenance.service, port: maintenance.port, weight: 1 }],
          },
        ]),
    { matches: matches(), backendRefs: split() },
  ];
}
