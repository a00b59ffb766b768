import type { EngineEvent } from "@pulumi/pulumi/automation";

import { shownMap, type ValueMap } from "../../pulumi/values";
import { GONE, type Found } from "../engine";

/**
 * Reads resources from their clouds by a refresh that is only previewed: state and lock stay untouched.
 *
 * A refresh stops at the first resource that cannot be read, with others not read yet; so it is repeated without those that
 * failed, until every one was read or failed.
 *
 * @param recorded - What is to be read, as it is recorded.
 * @param refresh - Previews the refresh of some URNs.
 */
export async function readBack(
  recorded: readonly Found[],
  signal: AbortSignal | undefined,
  refresh: (urns: string[], onEvent: (event: EngineEvent) => void) => Promise<unknown>,
): Promise<Found[]> {
  const results = new Map<string, Pick<Found, "properties" | "problem">>();
  for (;;) {
    const left = recorded.filter(({ urn }) => !results.has(urn));
    if (left.length === 0) {
      break;
    }
    const known = results.size;
    let failure: unknown;
    const wanted = new Map(left.map((found) => [found.urn, found]));
    const onEvent = (event: EngineEvent) => {
      const { resOutputsEvent: read, diagnosticEvent: said } = event;
      if (read && wanted.has(read.metadata.urn)) {
        // The operation says what was found: `same`, `update`, or `delete` for what is gone.
        const { urn, op, new: now } = read.metadata;
        const isThere = op !== "delete" && now !== undefined;
        const { properties } = wanted.get(urn)!;
        results.set(urn, isThere ? { properties: shownMap(now.outputs as ValueMap) } : { properties, problem: GONE });
      } else if (said?.severity === "error" && said.urn !== undefined && wanted.has(said.urn)) {
        const { properties } = wanted.get(said.urn)!;
        results.set(said.urn, { properties, problem: `it cannot be read: ${said.message.trim()}` });
      }
    };
    await refresh([...wanted.keys()], onEvent).catch((error: unknown) => (failure = error));
    if (signal?.aborted || results.size === known) {
      const reason = signal?.aborted ? "it was not read in time" : `it cannot be read: ${messageOf(failure)}`;
      left
        .filter(({ urn }) => !results.has(urn))
        .forEach(({ urn, properties }) => results.set(urn, { properties, problem: reason }));
    }
  }
  return recorded.map((found) => ({ ...found, ...results.get(found.urn)! }));
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message.trim() : "the engine said nothing of it";
}
