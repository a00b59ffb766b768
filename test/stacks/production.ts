import { join } from "node:path";
import { createRehearsal, type Rehearsal } from "../../rehearsal";
import { clouds } from "../../rehearsal/clouds";

/** The repository: the project that is rehearsed. */
export const PROJECT = join(__dirname, "../..");

let brought: Promise<Rehearsal> | undefined;

/**
 * Production, brought up once for all tests of this process, in memory: its three stacks in the order in which they read
 * each other. Tests may preview it, and must not `up` it.
 */
export function production(): Promise<Rehearsal> {
  brought ??= bringUp();
  return brought;
}

async function bringUp(): Promise<Rehearsal> {
  // Each promise of the SDK notes a stack; mapping them to sources takes a third of a run.
  process.setSourceMapsEnabled(false);
  const rehearsal = createRehearsal({ project: PROJECT, clouds });
  for (const stack of ["production-platform", "production-application", "production"]) {
    await rehearsal.up(stack);
  }
  return rehearsal;
}
