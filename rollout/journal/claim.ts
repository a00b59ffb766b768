import * as path from "node:path";
import { z } from "zod";

import type { Json } from "../engine";
import { JournalError } from "./errors";
import { stackFolder } from "./location";
import { namesIn, readSmall, removeSmall, writeSmall } from "./smallFile";

/** What an open rollout owns: nobody else may bring these values up while it is open. */
export interface Claim {
  /** Identifier of the rollout. */
  rollout: string;
  /** The stack whose journal it is in: the one with the routers. */
  stack: string;
  /** Stack → path in the `cutover:` config → the value that the rollout has there. */
  stacks: Record<string, Record<string, Json>>;
}

const claimSchema = z.strictObject({
  rollout: z.string(),
  stack: z.string(),
  stacks: z.record(z.string(), z.record(z.string(), z.json())),
});

/**
 * The claim that owns values of a stack, or any claim when no stack is named; undefined when there is none.
 *
 * @param folder - The folder of all stacks' journals.
 * @throws JournalError when a claim cannot be read. It then has to be taken as one that forbids everything.
 */
export function readClaim(folder: string, stack?: string): Claim | undefined {
  for (const name of namesIn(folder)) {
    const claim = readSmall<Claim>(path.join(folder, name, FILE), claimSchema, {
      is: "the claim",
      advice: "`cutover rollout tick` writes it again; when no rollout is open, remove it",
    });
    if (claim !== undefined && (stack === undefined || Object.hasOwn(claim.stacks, stack))) {
      return claim;
    }
  }
  return undefined;
}

/**
 * Writes the claim of an open rollout, before each `up`.
 * @throws JournalError when another stack's rollout owns values of one of its stacks, or it cannot be written.
 */
export function writeClaim(folder: string, claim: Claim): void {
  for (const stack of Object.keys(claim.stacks)) {
    const other = readClaim(folder, stack);
    if (other !== undefined && other.stack !== claim.stack) {
      throw new JournalError(
        `rollout ${claim.rollout} needs stack ${stack}, which rollout ${other.rollout} owns: ` +
          `end that one first (\`cutover rollout status --stack ${other.stack}\`)`,
      );
    }
  }
  writeSmall(fileOf(folder, claim.stack), claim);
}

/** Removes the claim of a stack's rollout, when it has ended. */
export function removeClaim(folder: string, stack: string): void {
  removeSmall(fileOf(folder, stack));
}

const FILE = "claim.json";

function fileOf(folder: string, stack: string): string {
  return path.join(stackFolder(folder, stack), FILE);
}
