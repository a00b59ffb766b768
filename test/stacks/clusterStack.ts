import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { createRehearsal, type Rehearsal } from "../../rehearsal";
import { clouds } from "../../rehearsal/clouds";
import type { Json, Plan, Step } from "../../rollout/engine";
import { PROJECT } from "./production";

/** The stack on clusters that are there already. */
export const CLUSTER_STACK = "adaptive-learning";

/** What the stack is without a gateway, and so without weights: by path. */
export const WITHOUT_GATEWAY: Readonly<Record<string, Json>> = {
  routers: { kind: "service-switch" },
  "entry.certificate.ingressClass": "internal",
};

/** The stack, brought up in stand-in clouds that keep nothing. */
export async function clusterStack(set: Readonly<Record<string, Json>> = {}): Promise<Rehearsal> {
  const engine = createRehearsal({ project: PROJECT, clouds });
  await engine.up(CLUSTER_STACK, { set });
  return engine;
}

/** What brings up the stack from nothing, all values known. */
export async function clusterPlan(set: Readonly<Record<string, Json>> = {}): Promise<Plan> {
  return createRehearsal({ project: PROJECT, clouds }).up(CLUSTER_STACK, { set });
}

/** The `cutover:` values of the stack's file, by key. */
export function rawCluster(): Record<string, Json> {
  const { config } = parse(readFileSync(join(PROJECT, `Pulumi.${CLUSTER_STACK}.yaml`), "utf8")) as {
    config: Record<string, Json>;
  };
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(/^cutover:/, ""), value]));
}

/** The last part of a step's URN. */
export function nameOf({ urn }: Pick<Step, "urn">): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
