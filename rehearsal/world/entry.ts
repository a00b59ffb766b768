import { forwardedTo, groupNamed, LISTENER_RULE, namesHeader } from "../../rollout/listenerRule";
import type { World } from "../engine/cloud";
import type { Color } from "../../stacks/config/fields";
import { gatewaysOf } from "./gateways";
import { fields, items, regionOf, text, type Fields } from "../../pulumi/json";
import { boundPods } from "./pods";
import { inRegion } from "./region";
import { switchesOf } from "./switches";

/** The listeners of load balancers. */
export const LISTENER = "aws:lb/listener:Listener";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const ATTACHMENT = "aws:lb/targetGroupAttachment:TargetGroupAttachment";
const FUNCTION = "aws:lambda/function:Function";

/** What a rule forwards to: a target group, or a Service inside a cluster. */
export interface Group {
  /** ARN of the target group, or the Service's identifier. */
  arn: string;
  name: string;
  color?: Color;
  workload?: string;
  /** How many targets answer; each function counts as one. */
  ready: number;
  /** Whether it grows with its requests by itself, as functions do. */
  elastic?: true;
  /** What it answers. @default 200 */
  answers?: number;
  /** What is answered instead while it has no targets. @default 503 */
  refused?: number;
}

/** What a rule does with the requests that it takes. */
export type Action = { kind: "forward"; to: { group: Group; weight: number }[] } | { kind: "answer"; status: number };

/** A rule of a listener. */
export interface Rule {
  arn: string;
  /** All of them have to hold. */
  conditions: Fields[];
  /** Whether it is a way around the router, for those who ask for it: by a header, or by another name. */
  aside: boolean;
  action: Action;
}

/** A listener of a region: of its load balancer, of a gateway, or of switched Services inside its cluster. */
export interface Listener {
  arn: string;
  port: number;
  /** In the order in which they are looked at. */
  rules: Rule[];
}

/** How the load balancers, gateways and switches of a region answer at one moment. */
export interface Entry {
  region: string;
  listeners: Listener[];
  groups: Group[];
}

/** Reads off how a region answers now. What changes in the world later is not in it. */
export function entryOf(world: World, region: string): Entry {
  const parts = [balancersOf(world, region), switchesOf(world, region), gatewaysOf(world, region)];
  return {
    region,
    listeners: parts.flatMap(({ listeners }) => listeners),
    groups: parts.flatMap(({ groups }) => groups),
  };
}

function balancersOf(world: World, region: string): Omit<Entry, "region"> {
  const groups = groupsOf(world, region);
  const byArn = new Map(groups.map((group) => [group.arn, group]));
  const rules = inRegion(world, LISTENER_RULE, region).map(({ id, properties }) => ({
    listener: properties.listenerArn,
    priority: Number(properties.priority),
    rule: {
      arn: id,
      conditions: items(properties.conditions),
      aside: items(properties.conditions).some(namesHeader),
      action: actionOf(items(properties.actions), byArn),
    },
  }));
  const listeners = inRegion(world, LISTENER, region).map(({ id, properties }) => {
    const action = actionOf(items(properties.defaultActions), byArn);
    const own = rules.filter(({ listener }) => listener === id).sort((a, b) => a.priority - b.priority);
    const last = { arn: id, conditions: [], aside: false, action };
    return { arn: id, port: Number(properties.port), rules: [...own.map(({ rule }) => rule), last] };
  });
  return { listeners, groups };
}

function groupsOf(world: World, region: string): Group[] {
  const pods = boundPods(world, region);
  const functions = functionsOf(world, region);
  return inRegion(world, TARGET_GROUP, region).map(({ id, properties }) => {
    const name = text(properties.name);
    const { color, workload } = groupNamed(name);
    const targets = pods.get(name) ?? pods.get(id) ?? functions.get(id) ?? 0;
    // `failing` is no property of AWS: a fault of the rehearsal lets the targets fail their health checks.
    const ready = properties.failing === true ? 0 : targets;
    return { arn: id, name, color, workload, ready, ...(functions.has(id) ? { elastic: true as const } : {}) };
  });
}

/** How many functions that exist are attached to each target group. */
function functionsOf(world: World, region: string): Map<string, number> {
  const exist = new Set([...world.things(FUNCTION)].map(({ properties }) => properties.arn));
  const attached = new Map<string, number>();
  for (const { properties } of world.things(ATTACHMENT)) {
    const group = text(properties.targetGroupArn);
    if (regionOf(group) === region && exist.has(properties.targetId)) {
      attached.set(group, (attached.get(group) ?? 0) + 1);
    }
  }
  return attached;
}

/** The last action decides; what comes before it only authenticates. */
function actionOf(actions: Fields[], groups: ReadonlyMap<string, Group>): Action {
  const action = actions.at(-1) ?? {};
  const { type, fixedResponse, redirect } = action;
  switch (type) {
    case "forward": {
      const to = forwardedTo(action).map(({ arn, weight }) => ({
        group: groups.get(arn) ?? { arn, name: "", ready: 0 },
        weight,
      }));
      return { kind: "forward", to };
    }
    case "fixed-response":
      return { kind: "answer", status: Number(fields(fixedResponse).statusCode) };
    case "redirect":
      return { kind: "answer", status: Number(text(fields(redirect).statusCode).replace("HTTP_", "")) };
    default:
      throw new Error(
        `the rehearsal does not model a load balancer's action of type ${text(type)}: add it to rehearsal/world/entry.ts`,
      );
  }
}
