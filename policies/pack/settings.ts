import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { policiesSchema } from "../../stacks/config/policies";
import { DEFAULT_SETTINGS, type Settings } from "../settings";

/** What the config of the stack says (`cutover:policies`), as the engine hands it to a pack; the defaults otherwise. */
export function stackSettings(): Settings {
  return parsed(new pulumi.Config("cutover").getObject("policies"), "cutover:policies") ?? DEFAULT_SETTINGS;
}

/** Settings with what the pack's own config says for a rule (`--policy-pack-config`) laid over them. */
export function withRuleConfig(settings: Settings, rule: string, config: object): Settings {
  const own = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined && value !== null));
  if (Object.keys(own).length === 0) {
    return settings;
  }
  const waivers = (own["waivers"] as object[] | undefined)?.map((waiver) => ({ ...waiver, rule }));
  const result = parsed(
    { ...settings, ...own, ...(waivers === undefined ? {} : { waivers }) },
    `the config of ${rule}`,
  );
  return result === undefined
    ? settings
    : { ...result, waivers: [...settings.waivers, ...(waivers === undefined ? [] : result.waivers)] };
}

function parsed(value: unknown, where: string): Settings | undefined {
  if (value === undefined) {
    return undefined;
  }
  const result = policiesSchema.safeParse(value);
  if (!result.success) {
    throw new Error(`${where} is wrong:\n${z.prettifyError(result.error)}`);
  }
  return result.data;
}
