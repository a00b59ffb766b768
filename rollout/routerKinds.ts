import { typeOf } from "../pulumi/urn";
import { httpRoute } from "./httpRoute";
import { listenerRule } from "./listenerRule";
import type { RouterKind, RouterRecord } from "./routerKind";
import { serviceSwitch } from "./serviceSwitch";

const KINDS: Readonly<Record<string, RouterKind>> = Object.fromEntries(
  ([listenerRule, httpRoute, serviceSwitch] as RouterKind[]).map((kind) => [kind.type, kind]),
);

/** The types among whose resources there may be routers. */
export const ROUTER_TYPES: readonly string[] = Object.keys(KINDS);

/** What a rollout knows of a type of routers; undefined for a type that none is of. */
export function kindOf(type: string): RouterKind | undefined {
  return KINDS[type];
}

/** The kind of a router that was written down: its URN says its type, in journals of every version. */
export function kindOfRecord({ urn }: RouterRecord): RouterKind {
  return KINDS[typeOf(urn)]!;
}
