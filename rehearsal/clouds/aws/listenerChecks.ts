import type { Json } from "../../../rollout/engine";
import { CloudError, type Thing } from "../../engine/cloud";
import { forwardedTo } from "../../../rollout/listenerRule";
import { fields, items, text } from "../../../pulumi/json";
import type { Context } from "../context";

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const LIMITS = { priority: 50_000, weight: 999, targetGroups: 5, conditionValues: 5, pageCharacters: 1_024 } as const;

/** Refuses a second listener on a port of a load balancer. */
export function listenerPort(context: Context): void {
  const taken = others(context).find(
    ({ properties }) =>
      properties.loadBalancerArn === context.get("loadBalancerArn") && properties.port === context.get("port"),
  );
  if (taken !== undefined) {
    throw new CloudError(
      `DuplicateListener: A listener already exists on port ${text(context.get("port"))} of this load balancer: ${taken.id}`,
    );
  }
  context.list("defaultActions").forEach((action) => checkAction(context, action));
}

/** Refuses a rule that a listener would not take: its priority, its conditions, its weights, its target groups. */
export function listenerRule(context: Context): void {
  const priority = context.get("priority");
  if (
    priority !== undefined &&
    !(Number.isInteger(priority) && Number(priority) >= 1 && Number(priority) <= LIMITS.priority)
  ) {
    throw new CloudError(`ValidationError: priority must be from 1 to ${LIMITS.priority}, got ${text(priority)}`);
  }
  const taken = others(context).find(
    ({ properties }) => properties.listenerArn === context.get("listenerArn") && properties.priority === priority,
  );
  if (taken !== undefined) {
    throw new CloudError(`PriorityInUse: Priority '${text(priority)}' is currently in use by ${taken.urn ?? taken.id}`);
  }
  const values = items(context.get("conditions"))
    .flatMap((condition) => Object.values(condition))
    .reduce<number>((total, condition) => total + valuesOf(condition), 0);
  if (values > LIMITS.conditionValues) {
    throw new CloudError(
      `ValidationError: A rule can only have '${LIMITS.conditionValues}' condition values, got ${values}`,
    );
  }
  context.list("actions").forEach((action) => checkAction(context, action));
}

/** Refuses to delete a target group that a listener or a rule still forwards to. */
export function targetGroupInUse({ id, world }: Context): void {
  for (const type of ["aws:lb/listenerRule:ListenerRule", "aws:lb/listener:Listener"]) {
    for (const user of world.things(type)) {
      const actions = user.properties.actions ?? user.properties.defaultActions;
      if (Array.isArray(actions) && actions.flatMap(forwardedTo).some(({ arn }) => arn === id)) {
        throw new CloudError(
          `ResourceInUse: Target group '${id}' is currently in use by a listener or a rule: ${user.urn ?? user.id}`,
        );
      }
    }
  }
}

function checkAction({ world }: Context, action: Json): void {
  const groups = forwardedTo(action);
  if (groups.length > LIMITS.targetGroups) {
    throw new CloudError(
      `ValidationError: A forward action has at most ${LIMITS.targetGroups} target groups, got ${groups.length}`,
    );
  }
  for (const { arn, weight } of groups) {
    if (!Number.isInteger(weight) || weight < 0 || weight > LIMITS.weight) {
      throw new CloudError(
        `ValidationError: Target group weight must be a whole number from 0 to ${LIMITS.weight}, got ${weight}`,
      );
    }
    if (world.get("aws:lb/targetGroup:TargetGroup", arn) === undefined) {
      throw new CloudError(`TargetGroupNotFound: Target groups '${arn}' not found`);
    }
  }
  const page = fields(fields(action).fixedResponse).messageBody;
  if (typeof page === "string" && page.length > LIMITS.pageCharacters) {
    throw new CloudError(
      `ValidationError: messageBody has at most ${LIMITS.pageCharacters} characters, got ${page.length}`,
    );
  }
}

/** The other things of the type of a request. */
function others({ request, world, id }: Context): Thing[] {
  return [...world.things(request.type)].filter((thing) => thing.id !== id);
}

/** How many values a condition compares with; a query string counts each of its pairs. */
function valuesOf(condition: Json | undefined): number {
  if (Array.isArray(condition)) {
    return condition.length;
  }
  const { values } = fields(condition);
  return Array.isArray(values) ? values.length : 0;
}
