import type { Engine, Json, Plan } from "../rollout/engine";
import { layerOf, type StackConfig } from "../stacks/config/schema";
import { readStackConfig, stacksOf } from "./release";

/** A stack, with those that it reads. */
export interface Whole {
  /** What brought up each stack, in order. */
  plans: Plan[];
  /** The config of each layer, from the stack that deploys it. */
  config: Pick<StackConfig, "platform" | "application" | "traffic">;
}

export interface WholeArgs {
  /** The project's directory. */
  project: string;
  stack: string;
  /** Config values for this run, by path: each goes to the stack that deploys the layer of its key. */
  set: Readonly<Record<string, Json>>;
  /** An engine that keeps nothing. */
  engine: Engine;
  /** Told which stack is brought up. */
  onStack?: (stack: string) => void;
  onStep?: () => void;
}

/**
 * Brings up a stack and those that it reads, all config checked first.
 *
 * @throws ConfigError with everything that is wrong with the config of the first stack that is wrong.
 */
export async function bringUpWhole({ project, stack, set, engine, onStack, onStep }: WholeArgs): Promise<Whole> {
  const { stacks } = readStackConfig(project, stack);
  const names = stacksOf(stack, stacks);
  const settings = new Map<string, Record<string, Json>>(names.map((name) => [name, {}]));
  for (const [path, value] of Object.entries(set)) {
    const layer = layerOf(path.split(/[.[]/)[0]!);
    const reference = layer === "platform" || layer === "application" ? stacks[layer] : undefined;
    settings.get(reference?.split("/").at(-1) ?? stack)![path] = value;
  }
  const config: Whole["config"] = {};
  for (const name of names) {
    const { platform, application, traffic } = readStackConfig(project, name, settings.get(name));
    Object.assign(config, platform && { platform }, application && { application }, traffic && { traffic });
  }
  const plans: Plan[] = [];
  for (const name of names) {
    onStack?.(name);
    plans.push(await engine.up(name, { set: settings.get(name), onStep }));
  }
  return { plans, config };
}
