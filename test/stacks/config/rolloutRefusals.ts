import assert from "node:assert/strict";
import type { Issue } from "../../../stacks/config/issue";
import { issuesOf } from "./stackFiles";

/** Production's plan for major releases. */
export const PLAN = "rollout.plans.blue-green";

/** That changes of production's rollout are refused at one path, and nowhere else, with words about what is allowed. */
export function refuses(changes: Record<string, unknown>, path: string, allowed: RegExp): Issue {
  const issues = issuesOf("production", changes);
  assert.deepEqual(
    issues.map((issue) => issue.path),
    [path],
  );
  assert.match(issues[0]!.message, allowed);
  return issues[0]!;
}

/** That changes of production's rollout are allowed. */
export function accepts(changes: Record<string, unknown>): void {
  assert.deepEqual(issuesOf("production", changes), []);
}
