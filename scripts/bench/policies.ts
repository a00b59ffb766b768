/** Measures what the policy pack takes beside a preview. */
import { recordsOf } from "../../policies/state";
import { createRehearsal } from "../../rehearsal";
import { clouds } from "../../rehearsal/clouds";
import { PackProcess } from "../../test/policies/support/analyzer";

/** What the pack takes for a stack, in seconds: from its start to its last answer. */
export interface PackCost {
  stack: string;
  resources: number;
  seconds: number;
}

/**
 * What the pack takes for each of some stacks, started and asked as Pulumi's engine does it: about each resource before it is
 * made, one after the other, and about the whole stack. The median of so many runs.
 *
 * @param stacks - The last one reads all others.
 */
export async function packCosts(project: string, stacks: readonly string[], runs: number): Promise<PackCost[]> {
  const rehearsal = createRehearsal({ project, clouds, passphrase: "" });
  await rehearsal.up(stacks.at(-1)!);
  const costs: PackCost[] = [];
  for (const stack of stacks) {
    const records = recordsOf(rehearsal.resources(stack));
    const seconds: number[] = [];
    for (let run = 0; run < runs; run++) {
      const start = performance.now();
      const pack = await PackProcess.start();
      await pack.info();
      await pack.analyze(records);
      seconds.push((performance.now() - start) / 1000);
      pack.stop();
    }
    seconds.sort((one, other) => one - other);
    costs.push({ stack, resources: records.length, seconds: seconds[runs >> 1]! });
  }
  return costs;
}
