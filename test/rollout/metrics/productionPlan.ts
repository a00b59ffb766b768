import assert from "node:assert/strict";
import type { RolloutPlan } from "../../../rollout/core/plan";
import { planOf } from "../../../rollout/plan";
import { parseConfig } from "../../../stacks/config/parse";
import type { RolloutConfig } from "../../../stacks/config/rollout";
import { rawStack } from "../../stacks/config/stackFiles";

/** Percentage of all requests of production's regions with routers. */
export const REGIONS = {
  "us-east-1": 40,
  "us-west-2": 30,
  "eu-west-1": 20,
  "eu-central-1": 0,
  "ap-southeast-1": 10,
  "ap-southeast-2": 0,
};

/** The rollout in production's stack file. */
export function productionRollout(): RolloutConfig {
  const result = parseConfig(rawStack("production"));
  assert.ok(result.ok);
  return result.config.traffic!.rollout!;
}

/** A plan of production, from blue to green. */
export function productionPlan(name: string, config = productionRollout()): RolloutPlan {
  const stacks = { application: "production-application", traffic: "production" };
  const below = parseConfig(rawStack("production-platform"));
  assert.ok(below.ok && below.config.cloud === "aws");
  const { regions, database, edge } = below.config.platform!;
  const platform = { stack: "production-platform", regions, database, closed: edge.closed };
  const releases = { blue: config.release };
  return planOf(config, { active: "blue", stacks, regions: REGIONS, releases, platform }, name);
}
