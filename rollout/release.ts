import { ConfigError, EngineError, type Engine } from "./engine";
import type { RolloutConfig } from "../stacks/config/rollout";
import type { StackConfig } from "../stacks/config/schema";
import type { Releases } from "../stacks/config/releases";
import type { PlatformOutputs } from "../stacks/contract/platform";
import type { PlanFacts } from "./plan";
import type { ReleaseStacks } from "./stages";

/** The stacks that a release concerns. */
export interface Stacks extends ReleaseStacks {
  platform: string;
}

/**
 * What a stack's config says about its release.
 *
 * @throws ConfigError when it has no plan.
 */
export function rolloutConfigOf(
  config: StackConfig,
  stack: string,
): { rollout: RolloutConfig; stacks: Stacks; active: "blue" | "green" } {
  const { traffic, stacks } = config;
  if (traffic?.rollout === undefined) {
    throw new ConfigError(
      `stack ${stack} has no plan of a rollout: cutover:rollout is needed, in a stack that deploys the traffic layer; ` +
        "Pulumi.production.yaml shows one",
    );
  }
  const nameOf = (reference: string | undefined) => reference?.split("/").at(-1) ?? stack;
  return {
    rollout: traffic.rollout,
    stacks: { platform: nameOf(stacks.platform), application: nameOf(stacks.application), traffic: stack },
    active: traffic.active,
  };
}

/**
 * What a plan needs to know of the deployment, from the outputs of the platform.
 *
 * @param releases - What the colors run now, by config.
 * @param recoverable - What the platform's config says of regions and databases. @default - nothing can be recovered
 * @throws EngineError when the platform is not there.
 */
export async function factsOf(
  engine: Engine,
  stacks: Stacks,
  active: PlanFacts["active"],
  releases: Releases,
  recoverable?: PlanFacts["platform"],
): Promise<PlanFacts> {
  const { platform } = (await engine.outputs(stacks.platform)) as { platform?: PlatformOutputs };
  if (platform === undefined) {
    throw new EngineError(
      `stack ${stacks.platform} has no outputs of a platform: bring it up first, pulumi up --stack ${stacks.platform}`,
    );
  }
  // Whatever the platform is made of, its regions say these facts.
  const places: Readonly<Record<string, { facts: { share: number } }>> = platform.regions;
  const regions = Object.fromEntries(Object.entries(places).map(([region, { facts }]) => [region, facts.share]));
  return {
    active,
    stacks: { application: stacks.application, traffic: stacks.traffic },
    regions,
    releases,
    ...(recoverable === undefined ? {} : { platform: recoverable }),
  };
}
