/** The routers that split requests between the colors, by what their weights can express. */
export const ROUTERS = {
  /**
   * A forward action of an ALB listener rule: whole weights from 0 to 999, relative to each other, so that 999:1 is the
   * smallest share.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html
   */
  "alb-listener-rule": {
    stepsPerPercent: 10,
    describe: "an ALB listener rule has weights 0 to 999, so its smallest step is 0.1 %",
  },
  /**
   * A rule of a Gateway API HTTPRoute: whole weights from 0 to 1,000,000, relative to each other. How finely a gateway tells them
   * apart is its own affair, so they are written in thousandths at most, as for an ALB.
   * @see https://gateway-api.sigs.k8s.io/reference/spec/#httpbackendref
   */
  "http-route": {
    stepsPerPercent: 10,
    describe: "gateways round finer weights of an HTTPRoute as they like, so its smallest step is 0.1 %",
  },
  /** A Service that is another name of one color's Service: everything or nothing. */
  "service-switch": {
    stepsPerPercent: 0.01,
    describe: "a Service names one color, so without a gateway it is 0 or 100 %",
  },
} as const;
export type RouterKind = keyof typeof ROUTERS;
/** The kinds of routers. */
export const ROUTER_KINDS = Object.keys(ROUTERS) as [RouterKind, ...RouterKind[]];

/** Weights of the two colors in a router's own units. */
export interface Weights {
  blue: number;
  green: number;
}

/**
 * Turns the percentage of requests that green serves into a router's own weights. 0 and 100 are exact.
 *
 * Whole percentages read as percentages (`63:37`); only a finer one needs the finer unit (`999:1` for 0.1 %).
 *
 * @param greenPercent - 0 to 100.
 * @throws RangeError for a percentage that the router cannot express: it is refused, never rounded.
 */
export function weightsFor(kind: RouterKind, greenPercent: number): Weights {
  const problem = inexpressible(kind, greenPercent);
  if (problem !== undefined) {
    throw new RangeError(problem);
  }
  const parts = Number.isInteger(greenPercent) ? 100 : 1_000;
  const green = Math.round((greenPercent * parts) / 100);
  return { blue: parts - green, green };
}

/** Why a router cannot express a percentage, as a sentence; `undefined` when it can. */
export function inexpressible(kind: RouterKind, percent: number): string | undefined {
  if (!Number.isFinite(percent) || percent < 0 || percent > 100) {
    return `a percentage from 0 to 100 is needed, got ${percent}`;
  }
  const { stepsPerPercent, describe } = ROUTERS[kind];
  // Exactly a step, not nearly one: what is nearly 100 would become a weight that no router takes.
  return Math.round(percent * stepsPerPercent) / stepsPerPercent === percent
    ? undefined
    : `${percent} % cannot be routed: ${describe}`;
}
