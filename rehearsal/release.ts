import { ConfigError, type Json } from "../rollout/engine";
import { formatIssues } from "../stacks/config/issue";
import { parseConfig } from "../stacks/config/parse";
import { rawConfig } from "../stacks/config/raw";
import type { PlanFacts } from "../rollout/plan";
import type { Releases } from "../stacks/config/releases";
import type { StackConfig } from "../stacks/config/schema";
import { readConfig, readProject } from "../pulumi/projectConfig";

/**
 * Reads the config of a stack as the program will, so that what is wrong with it is said before anything is brought up.
 *
 * @throws ConfigError with everything that is wrong.
 */
export function readStackConfig(project: string, stack: string, set?: Readonly<Record<string, Json>>): StackConfig {
  const parsed = parseConfig(rawConfig(readConfig(readProject(project), stack, set).values));
  if (!parsed.ok) {
    throw new ConfigError(formatIssues(parsed.issues, stack));
  }
  return parsed.config;
}

/** What the config of the stack that deploys the platform says of regions and databases, where regions recover each other. */
export function recoverableOf(project: string, platform: string, own: StackConfig): PlanFacts["platform"] {
  const config = own.platform === undefined ? readStackConfig(project, platform) : own;
  return config.cloud === "aws" && config.platform !== undefined
    ? {
        stack: platform,
        regions: config.platform.regions,
        database: config.platform.database,
        closed: config.platform.edge.closed,
      }
    : undefined;
}

/** The stacks of a deployment in the order in which they are brought up: those that a stack reads, then itself. */
export function stacksOf(stack: string, { platform, application }: StackConfig["stacks"]): string[] {
  return [...new Set([platform, application, stack].flatMap((name) => name?.split("/").at(-1) ?? []))];
}

/** What each color runs, by the config of the stack that deploys the application. */
export function releasesOf(project: string, application: string, own: StackConfig): Releases {
  const config = own.application === undefined ? readStackConfig(project, application) : own;
  return config.application?.releases ?? {};
}
