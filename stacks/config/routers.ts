import { z } from "zod";
import type { RouterKind } from "../../components/traffic/split";
import { onlyOn } from "./clouds";
import { image, label } from "./fields";
import type { Issue } from "./issue";
import type { Routers, Traffic } from "./traffic";

const GATEWAYS = "className of a gateway of the deployment's own, or name and namespace of one that is there already";

const gateway = z
  .strictObject({
    className: label(63)
      .optional()
      .describe("GatewayClass of a gateway that is made for the deployment, with the host's certificate."),
    annotations: z
      .record(z.string(), z.string())
      .optional()
      .describe("What the gateway's controller wants to be told of it; with className only."),
    name: label(63).optional().describe("Name of a gateway that is there already, with a certificate of its own."),
    namespace: label(63).optional().describe("Its namespace."),
    listener: label(63).optional().describe("Its HTTPS listener; all of its listeners when absent."),
  })
  .refine(
    ({ className, annotations, name, namespace, listener }) =>
      className === undefined
        ? name !== undefined && namespace !== undefined && annotations === undefined
        : name === undefined && namespace === undefined && listener === undefined,
    GATEWAYS,
  );

/** Routers inside clusters, where there is no load balancer of a cloud to split requests. */
export const gatewayRoutersSchema = z
  .strictObject({
    kind: z
      .enum(["http-route", "service-switch"])
      .default("http-route")
      .describe(
        "http-route: weights of the Gateway API. service-switch: for clusters without a gateway, an instant switch: 0 or 100, anything else is refused.",
      ),
    gateway: onlyOn(
      gateway.optional().describe(`What routes are attached to: ${GATEWAYS}. Required for http-route.`),
      ["kubernetes"],
      "the platform layer makes the gateway there",
    ),
    maintenance: z
      .strictObject({
        image: image.describe("Image of nginx that runs without root, by digest."),
        page: z
          .string()
          .min(1)
          .default("Scheduled maintenance. Your work is saved; please come back in a few minutes.")
          .describe("Text of the page."),
        healthPath: z
          .string()
          .startsWith("/")
          .default("/health")
          .describe("Path that an edge asks for the cluster's health: answered with 200 behind the page, too."),
      })
      .optional()
      .describe(
        "What answers while `traffic.maintenance` is on: a route has no answer of its own. Without it there is no page.",
      ),
  })
  .prefault({})
  .describe("What splits requests between the colors inside each cluster.");

export type GatewayRouters = z.infer<typeof gatewayRoutersSchema>;

/** What splits requests: what config says, or a load balancer of AWS, which leaves nothing to choose. */
export function routerKind(routers: Routers | GatewayRouters | undefined): RouterKind {
  return routers !== undefined && "kind" in routers ? routers.kind : "alb-listener-rule";
}

/** What routers inside clusters and the traffic through them must agree on. */
export function checkPage({ routers, traffic }: { routers?: GatewayRouters; traffic?: Traffic }): Issue[] {
  if (routers === undefined || traffic?.maintenance !== true) {
    return [];
  }
  const without =
    routers.kind === "service-switch"
      ? "without a gateway nothing can answer with a page"
      : "there is no page: cutover:routers.maintenance says what answers";
  return routers.kind === "service-switch" || routers.maintenance === undefined
    ? [{ path: "traffic.maintenance", message: `false, because ${without}`, value: true }]
    : [];
}

/** A route needs a gateway, and a switch of Services has none. */
export function checkGateway({ routers }: { routers?: GatewayRouters }): Issue[] {
  if (routers === undefined || (routers.kind === "http-route") === (routers.gateway !== undefined)) {
    return [];
  }
  return [
    routers.kind === "http-route"
      ? { path: "routers.gateway", message: `is required for http-route: ${GATEWAYS}` }
      : {
          path: "routers.gateway",
          message: "none: service-switch is for clusters without a gateway",
          value: routers.gateway,
          remove: true,
        },
  ];
}
