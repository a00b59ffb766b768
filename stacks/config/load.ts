import * as pulumi from "@pulumi/pulumi";
import { NAMESPACE, formatIssues } from "./issue";
import { parseConfig } from "./parse";
import type { StackConfig } from "./schema";

/**
 * Reads the config of the stack that runs: once, before any resource is registered.
 *
 * @throws pulumi.RunError with everything that is wrong, each with its path, value, what is allowed, and the fix.
 */
export function loadConfig(): StackConfig {
  const raw: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    const [namespace, name] = splitKey(key);
    if (namespace === NAMESPACE) {
      raw[name] = decode(value);
    }
  }
  const result = parseConfig(raw);
  if (!result.ok) {
    throw new pulumi.RunError(formatIssues(result.issues, pulumi.getStack()));
  }
  return result.config;
}

function splitKey(key: string): [string, string] {
  const colon = key.indexOf(":");
  return [key.slice(0, colon), key.slice(colon + 1)];
}

/** Structured values reach a program as JSON, plain strings as they are. */
function decode(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
