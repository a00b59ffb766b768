import type { State } from "../rollout/core/state";
import { ConfigError } from "../rollout/engine";

/** Exit codes of the command. */
export const EXIT = { done: 0, failed: 1, usage: 2, held: 3, rolledBack: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code for an error. */
export function exitCodeOf(error: Error): ExitCode {
  return error instanceof ConfigError ? EXIT.usage : EXIT.failed;
}

/** The exit code for a rollout: a pipeline goes on with 0, waits for people with 3, and stops with 4. */
export function exitCodeOfRollout({ outcome, rollback, hold }: Pick<State, "outcome" | "rollback" | "hold">): ExitCode {
  if (outcome?.outcome === "promoted") {
    return EXIT.done;
  }
  if (outcome !== undefined || rollback !== undefined) {
    return EXIT.rolledBack;
  }
  return hold === undefined ? EXIT.done : EXIT.held;
}
