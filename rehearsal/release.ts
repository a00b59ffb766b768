import { ConfigError, type Json } from "../rollout/engine";
import { stagesOf, type Stage } from "../rollout/stages";
import { otherColor, type Color } from "../stacks/config/fields";
import { formatIssues } from "../stacks/config/issue";
import { parseConfig } from "../stacks/config/parse";
import { rawConfig } from "../stacks/config/raw";
import type { StackConfig } from "../stacks/config/schema";
import { readConfig, readProject } from "./engine/projectConfig";

/** A release as a stack's config plans it. */
export interface Release {
  /** The stacks that it needs, in the order in which they are brought up. */
  bringUp: string[];
  stages: Stage[];
  candidate: Color;
}

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

/**
 * Reads the plan of a release from the config of the stack that holds the routers.
 *
 * @throws ConfigError when the config is wrong, or has no plan.
 */
export function readRelease(project: string, stack: string, set?: Readonly<Record<string, Json>>): Release {
  const { traffic, stacks } = readStackConfig(project, stack, set);
  if (traffic?.rollout === undefined) {
    throw new ConfigError(
      `stack ${stack} has no plan to rehearse: cutover:rollout is needed, in a stack that deploys the traffic layer; ` +
        "Pulumi.production.yaml shows one",
    );
  }
  return {
    bringUp: [
      ...new Set([stacks.platform, stacks.application, stack].flatMap((name) => name?.split("/").at(-1) ?? [])),
    ],
    stages: stagesOf(traffic.rollout, traffic.active, { application: stacks.application ?? stack, traffic: stack }),
    candidate: otherColor(traffic.active),
  };
}
