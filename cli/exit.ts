import { ConfigError } from "../rollout/engine";

/** Exit codes of the command. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** The exit code for an error. */
export function exitCodeOf(error: Error): number {
  return error instanceof ConfigError ? EXIT.usage : EXIT.failed;
}
