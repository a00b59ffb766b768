import type { Found, Json } from "../../rollout/engine";
import { LISTENER_RULE } from "../../rollout/listenerRule";

const ACCOUNT = "arn:aws:elasticloadbalancing";
export const group = (region: string, name: string) => `${ACCOUNT}:${region}:123456789012:targetgroup/${name}/0f3a`;

/** A listener rule as a state has it. */
export function rule(region: string, route: string, properties: Record<string, Json>): Found {
  return {
    urn: `urn:pulumi:production::cutover::cutover:traffic:Router$${LISTENER_RULE}::router-${region}-${route}`,
    type: LISTENER_RULE,
    id: `${ACCOUNT}:${region}:123456789012:listener-rule/app/entry/1/2/${route}`,
    properties,
  };
}

/** A rule that gives so many parts to each color. */
export function weighted(
  region: string,
  workload: string,
  blue: number,
  green: number,
  more: Record<string, Json> = {},
): Found {
  const targetGroups = [
    { arn: group(region, `pathfinity-blue-${workload}`), weight: blue },
    { arn: group(region, `pathfinity-green-${workload}`), weight: green },
  ];
  return rule(region, workload, {
    conditions: [{ pathPattern: { values: [`/${workload}/*`] } }],
    actions: [{ type: "forward", forward: { targetGroups, ...more } }],
  });
}

/** The rule of a color's testers. */
export function tester(region: string, workload: string, color: string): Found {
  return rule(region, `${workload}-${color}-tester`, {
    conditions: [
      { httpHeader: { httpHeaderName: "x-cutover-color", values: [color] } },
      { pathPattern: { values: [`/${workload}/*`] } },
    ],
    actions: [{ type: "forward", targetGroupArn: group(region, `pathfinity-${color}-${workload}`) }],
  });
}

/** The maintenance page. */
export const page = (region: string) =>
  rule(region, "maintenance", {
    conditions: [{ pathPattern: { values: ["/*"] } }],
    actions: [{ type: "fixed-response", fixedResponse: { statusCode: "503" } }],
  });
