import type { Color } from "../stacks/config/fields";
import { fields, items, regionOf } from "../rehearsal/world/json";
import type { Found } from "./engine";
import { splitOf } from "./listenerRule";

/** What must be known of a router to set it without Pulumi. Plain JSON without secrets: the journal keeps it. */
export interface RouterRecord {
  region: string;
  /** URN of the rule: what its state is brought up to date by. */
  urn: string;
  /** ARN of the listener rule. */
  rule: string;
  /** ARN of the target group of each color. */
  targetGroups: Record<Color, string>;
  /** How long a user stays on a color, seconds; 0 for not at all. */
  stickinessSeconds: number;
}

/** What of the recorded listener rules `break-glass` needs: to be written down while Pulumi and its state can be reached. */
export function routerRecords(rules: readonly Found[]): RouterRecord[] {
  return rules.flatMap(({ urn, id, properties }) => {
    const parts = splitOf(properties) ?? [];
    const [blue, green] = (["blue", "green"] as const).map((color) => parts.find((part) => part.color === color)?.arn);
    if (blue === undefined || green === undefined) {
      return [];
    }
    const stickiness = fields(fields(items(properties.actions).at(-1)?.forward).stickiness);
    return [
      {
        region: regionOf(id),
        urn,
        rule: id,
        targetGroups: { blue, green },
        stickinessSeconds: stickiness.enabled === true ? Number(stickiness.duration) : 0,
      },
    ];
  });
}

/**
 * The commands that give all requests to one color, without Pulumi, its state or this program, as a script of a shell: for the
 * day when none of them works. A region that cannot be reached does not hold up the others, and each command can be repeated.
 *
 * @param routers - As they were last written down.
 * @param stack - The stack of the routers.
 * @see https://docs.aws.amazon.com/cli/latest/reference/elbv2/modify-rule.html
 */
export function breakGlass(routers: readonly RouterRecord[], to: Color, stack: string): string {
  const sorted = [...routers].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const regions = [...new Set(sorted.map(({ region }) => region))].sort();
  const of = (region: string) => sorted.filter((router) => router.region === region);
  return [
    `# All requests to ${to}: ${sorted.length} routers in ${regions.length} regions. Needs the AWS CLI and credentials for the account.`,
    "# Every command can be repeated, and none waits for another.",
    ...regions.flatMap((region) => ["", `# ${region}`, ...of(region).map((router) => modify(router, to))]),
    "",
    "# What the routers do now:",
    ...regions.map((region) => describe(region, of(region))),
    "",
    "# When Pulumi works again: bring its state up to date, and end the rollout.",
    ["pulumi refresh --yes --stack", stack, ...sorted.map(({ urn }) => `--target '${urn}'`)].join(" "),
    `cutover rollout abort --stack ${stack} -m 'break-glass: all requests went to ${to} by hand'`,
    "",
  ].join("\n");
}

function modify({ region, rule, targetGroups, stickinessSeconds }: RouterRecord, to: Color): string {
  const group = (color: Color) => ({ TargetGroupArn: targetGroups[color], Weight: color === to ? 100 : 0 });
  const stickiness = { Enabled: true, DurationSeconds: stickinessSeconds };
  const forward = {
    TargetGroups: [group("blue"), group("green")],
    ...(stickinessSeconds > 0 ? { TargetGroupStickinessConfig: stickiness } : {}),
  };
  const actions = JSON.stringify([{ Type: "forward", ForwardConfig: forward }]);
  return `aws elbv2 modify-rule --region ${region} --rule-arn ${rule} --actions '${actions}'`;
}

function describe(region: string, routers: readonly RouterRecord[]): string {
  const rules = routers.map(({ rule }) => rule).join(" ");
  return `aws elbv2 describe-rules --region ${region} --rule-arns ${rules} --query 'Rules[].Actions[].ForwardConfig.TargetGroups'`;
}
