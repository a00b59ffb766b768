import { accessSync, constants, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { writeAtomically } from "../files/atomicFile";
import { ConfigError, EngineError } from "../rollout/engine";

/**
 * Checks that a file can be written, before minutes are spent on what it is to hold.
 *
 * @throws ConfigError when it is a folder, or when its folder is not there or may not be written.
 */
export function checkOutput(file: string): void {
  const folder = dirname(resolve(file));
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new ConfigError(`cannot write ${file}: ${(error as Error).message}; name a file in a folder that is there`, {
      cause: error,
    });
  }
  if (statSync(resolve(file), { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new ConfigError(`cannot write ${file}: it is a folder; name a file in it`);
  }
}

/** Writes a file whole, or leaves what was there. @throws EngineError when it cannot be written. */
export function writeOutput(file: string, text: string): void {
  try {
    writeAtomically(resolve(file), text);
  } catch (error) {
    throw new EngineError(`cannot write ${file}: ${(error as Error).message}`, { cause: error });
  }
}
