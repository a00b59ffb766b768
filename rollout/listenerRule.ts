import { isDeepStrictEqual } from "node:util";
import { nameOf } from "../pulumi/urn";
import { fields, items, regionOf, text, texts, type Fields } from "../pulumi/json";
import type { Color } from "../stacks/config/fields";
import type { Json, Step } from "./engine";
import { only, quoted, type Part, type RouterKind, type RouterRecord } from "./routerKind";

/** The type of the routers of AWS: rules of load balancers' listeners that split requests between the colors. */
export const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";

/** Target groups are named `<deployment>-<color>-<workload>`: what the traffic layer and the clusters agree on. */
const GROUP_NAME = /-(?<color>blue|green)-(?<workload>.+)$/;

interface ListenerRuleRecord extends RouterRecord {
  /** ARN of the listener rule. */
  rule: string;
  /** ARN of the target group of each color. */
  targetGroups: Record<Color, string>;
  /** How long a user stays on a color, seconds; 0 for not at all. */
  stickinessSeconds: number;
}

/** What the name of a target group says; nothing for a group of somebody else. */
export function groupNamed(name: string): { color?: Color; workload?: string } {
  const { color, workload } = GROUP_NAME.exec(name)?.groups ?? {};
  return { ...(color === undefined ? {} : { color: color as Color }), ...(workload === undefined ? {} : { workload }) };
}

/** The target groups that an action forwards to, with their weights; a group without a weight has 1. */
export function forwardedTo(action: Json | Fields | undefined): { arn: string; weight: number }[] {
  const { targetGroupArn, forward } = fields(action);
  if (typeof targetGroupArn === "string" && targetGroupArn !== "") {
    return [{ arn: targetGroupArn, weight: 1 }];
  }
  return items(fields(forward).targetGroups).map(({ arn, weight }) => ({
    arn: text(arn),
    weight: Number(weight ?? 1),
  }));
}

/**
 * How a listener rule splits requests between the colors, one part for each target group; undefined for one that is no router: a
 * page, a redirect, or a rule that only some requests reach by a header, such as a tester's.
 *
 * @param properties - The rule's, as a state or the cloud has them.
 */
export function splitOf({ conditions, actions }: Readonly<Record<string, Json>>): Part[] | undefined {
  // What comes before the last action only authenticates.
  const action = items(actions).at(-1);
  if (action?.type !== "forward" || items(conditions).some(namesHeader)) {
    return undefined;
  }
  const parts = forwardedTo(action).flatMap(({ arn, weight }) => {
    const { color, workload } = groupNamed(arn.split("/")[1] ?? "");
    return color === undefined || workload === undefined ? [] : [{ target: arn, color, workload, weight }];
  });
  return parts.length === 0 ? undefined : parts;
}

/** Whether a condition asks for a header. Providers write an empty list or object where there is none. */
export function namesHeader({ httpHeader }: Fields): boolean {
  return Object.keys(fields(httpHeader)).length > 0;
}

/** Rules of load balancers' listeners. */
export const listenerRule: RouterKind<ListenerRuleRecord> = {
  type: LISTENER_RULE,
  tools: "the AWS CLI and credentials for the account",
  splitOf,

  regionOf: ({ id }) => regionOf(id),

  shifts: (step) =>
    step.op === "update" &&
    only(step.diff, /^actions\[\d+\]\.forward\.targetGroups\[\d+\](\.weight|\.arn)?$/) &&
    forwardsToTheSame(step),

  // By name: the weighted rules beside them are of the same type.
  turnsPage: ({ op, urn }) =>
    (op === "create" || op === "delete") && /-(maintenance|maintenance-health|maintenance-load)$/.test(nameOf(urn)),

  probes: ({ properties }, color) => {
    const conditions = items(properties.conditions);
    const named = conditions.flatMap(({ httpHeader }) => texts(fields(httpHeader).values));
    const [pattern = "/"] = conditions.flatMap(({ pathPattern }) => texts(fields(pathPattern).values));
    return named.includes(color) ? [pattern.replaceAll("*", "").replaceAll("?", "x")] : [];
  },

  record: ({ urn, id, properties }) => {
    const parts = splitOf(properties) ?? [];
    const target = (color: Color) => parts.find((part) => part.color === color)?.target;
    const [blue, green] = [target("blue"), target("green")];
    if (blue === undefined || green === undefined) {
      return undefined;
    }
    const stickiness = fields(fields(items(properties.actions).at(-1)?.forward).stickiness);
    return {
      region: regionOf(id),
      urn,
      rule: id,
      targetGroups: { blue, green },
      stickinessSeconds: stickiness.enabled === true ? Number(stickiness.duration) : 0,
    };
  },

  /** @see https://docs.aws.amazon.com/cli/latest/reference/elbv2/modify-rule.html */
  set: ({ region, rule, targetGroups, stickinessSeconds }, to) => {
    const group = (color: Color) => ({ TargetGroupArn: targetGroups[color], Weight: color === to ? 100 : 0 });
    const stickiness = { Enabled: true, DurationSeconds: stickinessSeconds };
    const forward = {
      TargetGroups: [group("blue"), group("green")],
      ...(stickinessSeconds > 0 ? { TargetGroupStickinessConfig: stickiness } : {}),
    };
    const actions = quoted([{ Type: "forward", ForwardConfig: forward }]);
    return `aws elbv2 modify-rule --region ${region} --rule-arn ${rule} --actions ${actions}`;
  },

  show: (routers) => {
    const rules = routers.map(({ rule }) => rule).join(" ");
    return [
      `aws elbv2 describe-rules --region ${routers[0]!.region} --rule-arns ${rules} --query 'Rules[].Actions[].ForwardConfig.TargetGroups'`,
    ];
  },
};

/**
 * Whether each action keeps its target groups. AWS keeps them as a set and gives them back in any order: a rule that was read
 * from it differs by index, in ARNs too, though only its weights change.
 */
function forwardsToTheSame({ diff, detailedDiff }: Step): boolean {
  const groups = diff
    .filter((path) => !path.endsWith(".weight"))
    .map((path) => ({ action: path.slice(0, path.indexOf("]")), ...detailedDiff[path] }));
  const arns = (side: "before" | "after") =>
    groups.map((group) => `${group.action} ${arnOf(group[side]) ?? ""}`).sort();
  return (
    groups.every(({ before, after }) => (arnOf(before) ?? arnOf(after)) !== undefined) &&
    isDeepStrictEqual(arns("before"), arns("after"))
  );
}

/** The ARN that a target group has, or that a path to it ends in. */
function arnOf(value: Json | undefined): string | undefined {
  const arn = typeof value === "string" ? value : fields(value).arn;
  return typeof arn === "string" ? arn : undefined;
}
