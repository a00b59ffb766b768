import { z } from "zod";

import { stackFolder } from "./location";
import { readJson, writeJson, type Shelf } from "./shelf";

const heartbeatSchema = z.object({
  time: z.iso.datetime(),
  due: z.iso.datetime(),
  rollout: z.string(),
  stage: z.string().optional(),
  state: z.string(),
  head: z.string(),
  record: z.int().positive().optional(),
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
  /** Its sequence. */
  record?: number;
}

/** Leaves a heartbeat beside a stack's journal. @throws JournalError when it cannot be written: no reason to stop a rollout, monitoring will miss it. */
export async function beat(shelf: Shelf, stack: string, heartbeat: Heartbeat): Promise<void> {
  await writeJson(shelf, textOf(stack), heartbeat);
}

/** The last one; undefined when there never was one. @throws JournalError when it is damaged. */
export async function lastBeat(shelf: Shelf, stack: string): Promise<Heartbeat | undefined> {
  const what = { is: "the heartbeat", advice: "The next tick writes a new one" };
  return readJson<Heartbeat>(shelf, textOf(stack), heartbeatSchema, what);
}

function textOf(stack: string): string {
  return `${stackFolder(stack)}/heartbeat.json`;
}
