import type { RecordBody } from "../../../../rollout/core/records";
import type { Journal, Lease } from "../../../../rollout/ports";

/** The first record of a rollout, with no more of a plan than the journal reads. */
export function started(release: string): RecordBody {
  return { type: "started", plan: { plan: "canary", release } as never, digest: "d", routers: [], by: "ada" };
}

export function stageBegun(stage: string, attempt = 1): RecordBody {
  return { type: "stage-begun", stage, attempt };
}

export const FINISHED: RecordBody = { type: "finished", outcome: "promoted", reason: "done" };

/**
 * All that a controller does with a journal. `before` is told what is about to be done, `done` what was acknowledged: a
 * record as `rollout sequence hash`.
 */
export async function script(
  journal: Journal,
  holder: string,
  before: (what: string) => void,
  done: (what: string) => void,
) {
  let lease: Lease | undefined;
  const step = async (what: string, action: () => Promise<string | undefined>) => {
    before(what);
    const result = await action();
    if (result !== undefined) {
      done(result);
    }
  };
  const append = (id: string, body: RecordBody) => async () => {
    const { sequence, hash } = await journal.append(lease!, 1, body);
    return `${id} ${sequence} ${hash}`;
  };
  const begin = (release: string) => async () => {
    const { id, record } = await journal.begin(lease!, 1, started(release));
    return `${id} ${record.sequence} ${record.hash}`;
  };
  await step("acquire", async () => {
    lease = await journal.acquire(holder, 60);
    return undefined;
  });
  await step("begin", begin("1.0"));
  await step("append", append("production-1", stageBegun("a")));
  await step("finish", append("production-1", FINISHED));
  await step("begin again", begin("2.0"));
  await step("release", async () => {
    await journal.release(lease!);
    return undefined;
  });
}
