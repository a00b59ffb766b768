import { EngineError } from "../../rollout/engine";
import { word } from "../../rollout/routerKind";
import type { RolloutOptions } from "./options";

/** What a command was given that another one on the same rollouts needs as well. */
export type Place = Pick<RolloutOptions, "stack" | "journal" | "rehearsal">;

/** A command of `rollout` as a person can paste it: it works on the same stack, journal and clouds as this one. */
export function suggested({ stack, journal, rehearsal }: Place, command: string): string {
  const options = Object.entries({ stack, journal, rehearsal }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${word(value)}`],
  );
  return ["cutover rollout", command, ...options].join(" ");
}

/** The error of a command that needs a rollout where there was none. */
export function noRollout(place: Place): EngineError {
  return new EngineError(`stack ${place.stack} has no rollout: \`${suggested(place, "start")}\` begins one`);
}
