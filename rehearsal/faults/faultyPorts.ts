import type { HookRunner, Journal, MetricReader } from "../../rollout/ports";
import type { VirtualClock } from "../clock";
import type { Faults } from "./faults";

/** A reader whose readings faults strike. */
export function faultyReader(reader: MetricReader, faults: Faults): MetricReader {
  return {
    samples: async (moments, signal) =>
      (await reader.samples(moments, signal)).map(({ at, readings }) => ({
        at,
        readings: readings.map((reading) => faults.reading(reading)),
      })),
  };
}

/** A journal by whose records the faults follow the rollout. */
export function faultyJournal(journal: Journal, faults: Faults): Journal {
  return {
    current: () => journal.current(),
    read: (id) => journal.read(id),
    acquire: (holder, seconds) => journal.acquire(holder, seconds),
    renew: (lease, seconds) => journal.renew(lease, seconds),
    release: (lease) => journal.release(lease),
    history: () => journal.history(),
    begin: async (lease, at, body) => {
      const begun = await journal.begin(lease, at, body);
      faults.follow(body);
      return begun;
    },
    append: async (lease, at, body) => {
      const record = await journal.append(lease, at, body);
      faults.follow(body);
      return record;
    },
  };
}

/** How long a hook takes in a rehearsal, seconds. */
const HOOK_SECONDS = 20;

/** Hooks that run nothing, take a while, and pass unless a fault fails them. */
export function rehearsedHooks(faults: Faults, clock: VirtualClock): HookRunner {
  return {
    async run(hook, { stage }, signal) {
      await clock.sleep(1_000 * HOOK_SECONDS, signal);
      const reason = signal?.aborted === true ? "it was ended" : faults.hookFailure;
      return reason === undefined
        ? { ok: true, output: `rehearsed: ${hook} of ${stage} was not run` }
        : { ok: false, reason, output: "" };
    },
  };
}
