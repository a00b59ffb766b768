import { forwardedTo, groupNamed, LISTENER_RULE } from "../../rollout/listenerRule";
import type { Thing, World } from "../engine/cloud";
import type { Color } from "../../stacks/config/fields";
import { fields, items, regionOf, text, type Fields } from "./json";
import { boundPods } from "./pods";

const LISTENER = "aws:lb/listener:Listener";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const ATTACHMENT = "aws:lb/targetGroupAttachment:TargetGroupAttachment";
const FUNCTION = "aws:lambda/function:Function";

/** A target group: what is behind it. */
export interface Group {
  arn: string;
  name: string;
  color?: Color;
  workload?: string;
  /** How many targets answer; each function counts as one. */
  ready: number;
}

/** What a rule does with the requests that it takes. */
export type Action = { kind: "forward"; to: { group: Group; weight: number }[] } | { kind: "answer"; status: number };

/** A rule of a listener. */
export interface Rule {
  arn: string;
  /** Lower is looked at first; the listener's default action comes last. */
  priority: number;
  conditions: Fields[];
  action: Action;
}

/** A listener of a region's load balancer. */
export interface Listener {
  arn: string;
  port: number;
  /** In the order in which they are looked at. */
  rules: Rule[];
}

/** How the load balancers of a region answer at one moment. */
export interface Entry {
  region: string;
  listeners: Listener[];
  groups: Group[];
}

/** Reads off how the load balancers of a region answer now. What changes in the world later is not in it. */
export function entryOf(world: World, region: string): Entry {
  const groups = groupsOf(world, region);
  const byArn = new Map(groups.map((group) => [group.arn, group]));
  const rules = inRegion(world, LISTENER_RULE, region).map(({ id, properties }) => ({
    listener: properties.listenerArn,
    rule: {
      arn: id,
      priority: Number(properties.priority),
      conditions: items(properties.conditions),
      action: actionOf(items(properties.actions), byArn),
    },
  }));
  const listeners = inRegion(world, LISTENER, region).map(({ id, properties }) => {
    const last = {
      arn: id,
      priority: Infinity,
      conditions: [],
      action: actionOf(items(properties.defaultActions), byArn),
    };
    const own = rules.filter(({ listener }) => listener === id).map(({ rule }) => rule);
    return { arn: id, port: Number(properties.port), rules: [...own.sort((a, b) => a.priority - b.priority), last] };
  });
  return { region, listeners, groups };
}

function groupsOf(world: World, region: string): Group[] {
  const pods = boundPods(world, region);
  const functions = functionsOf(world, region);
  return inRegion(world, TARGET_GROUP, region).map(({ id, properties }) => {
    const name = text(properties.name);
    const { color, workload } = groupNamed(name);
    const targets = pods.get(name) ?? pods.get(id) ?? functions.get(id) ?? 0;
    // `failing` is no property of AWS: a fault of the rehearsal lets the targets fail their health checks.
    return { arn: id, name, color, workload, ready: properties.failing === true ? 0 : targets };
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

function inRegion(world: World, type: string, region: string): Thing[] {
  return [...world.things(type)].filter(({ id }) => regionOf(id) === region);
}
