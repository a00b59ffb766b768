import type { Resource } from "../../../graph";
import type { Node } from "../../../node";
import type { GraphContext, GraphRule } from "../../../rule";

export const ZONE = "cloudflare:index/zone:Zone";
export const ZONE_SETTING = "cloudflare:index/zoneSetting:ZoneSetting";
export const RULESET = "cloudflare:index/ruleset:Ruleset";

/** What tells the rule of one setting of zones from the others. */
interface SettingRule extends Omit<GraphRule, "area" | "scope" | "types" | "applies" | "check"> {
  /** The setting's id in Cloudflare's API. */
  setting: string;
  /** Whether the value is good enough. */
  holds: (value: Node) => boolean;
}

/** A rule on a setting of zones: each zone of the program has it, and wherever it is set, its value is good enough. */
export function settingRule({ setting, holds, ...described }: SettingRule): GraphRule {
  return {
    ...described,
    area: "transit",
    scope: "stack",
    types: [ZONE, ZONE_SETTING],
    applies: (resource) => resource.type === ZONE || resource.text("settingId") === setting,
    check(resource, { graph, report }) {
      if (resource.type === ZONE) {
        const settings = graph.referrers(resource, ZONE_SETTING, "zoneId");
        if (!settings.some((one) => one.text("settingId") === setting)) {
          report(`the zone has no setting ${setting}`);
        }
      } else if (!resource.nodes("value").some(holds)) {
        report(`the value of ${setting} is too weak`);
      }
    },
  };
}

/** Whether a zone has a ruleset of a phase with a rule that is on and good enough. */
export function hasRule(
  zone: Resource,
  phase: string,
  holds: (rule: Node) => boolean,
  { graph }: GraphContext,
): boolean {
  return graph
    .referrers(zone, RULESET, "zoneId")
    .filter((ruleset) => ruleset.text("phase") === phase)
    .some((ruleset) => ruleset.list("rules").some((rule) => rule.flag("enabled") !== false && holds(rule)));
}
