import { seconds, type Color } from "../stacks/config/fields";
import { parseCondition } from "../stacks/config/rollout/condition";
import { limitsSchema, type GateConfig } from "../stacks/config/rollout/rules";
import type { Gate } from "./core/plan";

/** A gate as config has it, with every default. */
export function gateOf(config: GateConfig, color: Color): Gate {
  const { require, limits, action, decideWithin } =
    typeof config === "string"
      ? { require: config, limits: limitsSchema.parse(undefined), action: "rollback" as const, decideWithin: undefined }
      : config;
  return {
    text: require,
    condition: parseCondition(require),
    color,
    limits,
    action,
    ...(decideWithin === undefined ? {} : { decideWithinSeconds: seconds(decideWithin) }),
  };
}
