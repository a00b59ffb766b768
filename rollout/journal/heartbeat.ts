import * as path from "node:path";
import { z } from "zod";

import { stackFolder } from "./location";
import { readSmall, writeSmall } from "./smallFile";

const heartbeatSchema = z.object({
  time: z.iso.datetime(),
  due: z.iso.datetime(),
  rollout: z.string(),
  stage: z.string().optional(),
  state: z.string(),
  head: z.string(),
});

/**
 * What a controller leaves behind at each tick. Monitoring pages when `due` is past by more than it tolerates: a dead
 * controller guards nobody.
 */
export interface Heartbeat {
  /** When the tick ended, ISO 8601 in UTC. */
  time: string;
  /** When the next one will have ended at the latest, ISO 8601 in UTC. */
  due: string;
  rollout: string;
  /** The current stage; absent when there is none. */
  stage?: string;
  /** Where the rollout stands, in a word. */
  state: string;
  /** Hash of the journal's last record. */
  head: string;
}

/** The heartbeat of a stack's rollouts: `heartbeat.json` beside the journal. */
export function heartbeat(
  folder: string,
  stack: string,
): { beat(beat: Heartbeat): void; last(): Heartbeat | undefined } {
  const file = path.join(stackFolder(folder, stack), "heartbeat.json");
  return {
    /** @throws JournalError when it cannot be written: no reason to stop a rollout, monitoring will miss it. */
    beat: (beat) => writeSmall(file, beat),
    /** The last one; undefined when there never was one. @throws JournalError when it is damaged. */
    last: () => readSmall(file, heartbeatSchema, { is: "the heartbeat", advice: "The next tick writes a new one" }),
  };
}
