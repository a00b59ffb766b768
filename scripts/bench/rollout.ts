/** What a journal costs: a long one opened and verified, and a controller that goes on with it. In this process. */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { Controller } from "../../rollout/controller";
import { LEASE_SECONDS, type ControllerPorts } from "../../rollout/controller/ports";
import type { RecordBody } from "../../rollout/core/records";
import { EngineError } from "../../rollout/engine";
import { folderJournal, thisHolder } from "../../rollout/journal";
import { FolderStorage } from "../../rollout/journal/folderStorage";
import { encodeRecord, hashOf } from "../../rollout/journal/line";
import { stackFolder } from "../../rollout/journal/location";
import { planOf } from "../../rollout/plan";
import { factsFor } from "./facts";

const INTERVAL = 30_000;

/** Seconds that a thing took, by the clock on the wall. */
async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return (performance.now() - start) / 1e3;
}

/** The time of opening and verifying a journal of so many short records. */
export async function openCost(folder: string, records: number): Promise<number> {
  const stack = "opened";
  await write(folder, stack, records, () => ({ type: "resumed", by: "bench", reason: "one of many" }));
  const journal = folderJournal(folder, stack);
  return timed(async () => journal.read((await journal.current())!));
}

/** The time of resuming production's rollout after so many samples: the journal read, verified and replayed. */
export async function resumeCost(folder: string, samples: number): Promise<number> {
  const stack = "production";
  const { config, facts } = factsFor(stack);
  const plan = planOf(config, facts, "blue-green");
  const start = Date.UTC(2027, 0, 12);
  const readings = plan.wanted.flatMap(({ metric, color, scopes }) =>
    scopes.map((scope) => ({ metric, color, scope, value: 0.1 })),
  );
  await write(
    folder,
    stack,
    samples,
    (index) => ({ type: "sampled", sample: { at: start + index * INTERVAL, readings } }),
    {
      type: "started",
      plan,
      digest: "0",
      by: "bench",
      routers: [],
    },
  );
  const journal = folderJournal(folder, stack);
  const refused = () => Promise.reject(new EngineError("the bench only resumes"));
  const ports = { journal, clock: { now: () => Date.now(), sleep: refused } } as unknown as ControllerPorts;
  return timed(async () => {
    const lease = await journal.acquire(thisHolder("bench"), LEASE_SECONDS);
    await Controller.resume(ports, lease, (await journal.current())!);
  });
}

/** Writes a journal: its first record as a controller does, the others, which a controller takes days for, at once. */
async function write(
  folder: string,
  stack: string,
  records: number,
  body: (index: number) => RecordBody,
  first: RecordBody = {
    type: "started",
    plan: { plan: "bench", release: "1" } as never,
    digest: "0",
    by: "bench",
    routers: [],
  },
): Promise<void> {
  const journal = folderJournal(folder, stack);
  const lease = await journal.acquire(thisHolder("bench"), LEASE_SECONDS);
  const begun = Date.UTC(2027, 0, 12);
  let { hash: previous } = (await journal.begin(lease, begun, first)).record;
  const lines = Array.from({ length: records }, (_, index) => {
    const envelope = { sequence: index + 2, fence: lease.fence, previous };
    const line = encodeRecord(body(index), begun + index * INTERVAL, envelope);
    previous = hashOf(Buffer.from(line))!;
    return `${line}\n`;
  });
  appendFileSync(new FolderStorage(join(folder, stackFolder(stack))).name(1), lines.join(""));
  await journal.release(lease);
}
