import * as pulumi from "@pulumi/pulumi";
import { formatIssues } from "./issue";
import { parseConfig } from "./parse";
import { rawConfig } from "./raw";
import { refuse } from "../refuse";
import type { StackConfig } from "./schema";

/**
 * Reads the config of the stack that runs: once, before any resource is registered.
 *
 * @throws pulumi.RunError with everything that is wrong, each with its path, value, what is allowed, and the fix.
 */
export function loadConfig(): StackConfig {
  const result = parseConfig(rawConfig(pulumi.runtime.allConfig()));
  return result.ok ? result.config : refuse(formatIssues(result.issues, pulumi.getStack()));
}
