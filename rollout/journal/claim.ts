import { z } from "zod";

import type { Json } from "../engine";
import { JournalError } from "./errors";
import { stackFolder } from "./location";
import { readJson, writeJson, type Shelf } from "./shelf";

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
 * @throws JournalError when a claim cannot be read. It then has to be taken as one that forbids everything.
 */
export async function readClaim(shelf: Shelf, stack?: string): Promise<Claim | undefined> {
  for (const name of await shelf.names("")) {
    const claim = await readJson<Claim>(shelf, `${name}/${FILE}`, claimSchema, {
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
export async function writeClaim(shelf: Shelf, claim: Claim): Promise<void> {
  for (const stack of Object.keys(claim.stacks)) {
    const other = await readClaim(shelf, stack);
    if (other !== undefined && other.stack !== claim.stack) {
      throw new JournalError(
        `rollout ${claim.rollout} needs stack ${stack}, which rollout ${other.rollout} owns: ` +
          `end that one first (\`cutover rollout status --stack ${other.stack}\`)`,
      );
    }
  }
  await writeJson(shelf, textOf(claim.stack), claim);
}

/** Removes the claim of a stack's rollout, when it has ended. */
export async function removeClaim(shelf: Shelf, stack: string): Promise<void> {
  await shelf.remove(textOf(stack));
}

const FILE = "claim.json";

function textOf(stack: string): string {
  return `${stackFolder(stack)}/${FILE}`;
}
