/** Measures what the policy pack takes beside a preview. */
import { join } from "node:path";
import { recordsOf } from "../../policies/state";
import { createRehearsal } from "../../rehearsal";
import { clouds } from "../../rehearsal/clouds";
import { PackProcess, questions, type Question } from "../../test/policies/support/analyzer";

/** What packs take for a stack, in seconds: from a pack's start to its last answer. */
export interface PackCost {
  stack: string;
  resources: number;
  seconds: number;
  /** What a pack takes whose only rule allows everything: Pulumi's own part of the above. */
  ofAnyPack: number;
}

/**
 * What the pack takes for each of some stacks, started and asked as Pulumi's engine does it: about each resource before it is
 * made, one after the other, and about the whole stack. The median of so many runs, in turns with the pack without rules.
 *
 * @param stacks - The last one reads all others.
 */
export async function packCosts(project: string, stacks: readonly string[], runs: number): Promise<PackCost[]> {
  const rehearsal = createRehearsal({ project, clouds, passphrase: "" });
  await rehearsal.up(stacks.at(-1)!);
  const costs: PackCost[] = [];
  for (const stack of stacks) {
    const records = recordsOf(rehearsal.resources(stack));
    const asked = questions(records);
    const own: number[] = [];
    const any: number[] = [];
    for (let run = 0; run < runs; run++) {
      any.push(await secondsOf(join(__dirname, "noRules"), asked));
      own.push(await secondsOf(join(project, "policies"), asked));
    }
    costs.push({ stack, resources: records.length, seconds: middle(own), ofAnyPack: middle(any) });
  }
  return costs;
}

async function secondsOf(folder: string, asked: readonly Question[]): Promise<number> {
  const start = performance.now();
  const pack = await PackProcess.start({}, folder);
  await pack.configure();
  await pack.ask(asked);
  const seconds = (performance.now() - start) / 1000;
  pack.stop();
  return seconds;
}

function middle(values: number[]): number {
  return values.sort((one, other) => one - other)[values.length >> 1]!;
}
