import { setTimeout } from "node:timers/promises";
import { journalLocation, LeaseError, openJournals, thisHolder } from "../../../../rollout/journal";
import { stageBegun } from "./script";

/** Takes the lease, appends a record and gives the lease back, so many times: `racer.ts PLACE TIMES`. Prints the hashes. */
const [place = "", times = "1"] = process.argv.slice(2);

async function race(): Promise<void> {
  const journal = openJournals(journalLocation("/", process.env, place), process.env).of("production");
  for (let done = 0; done < Number(times);) {
    try {
      const lease = await journal.acquire(thisHolder("ada"), 60);
      console.log((await journal.append(lease, done, stageBegun(String(process.pid)))).hash);
      await journal.release(lease);
      done += 1;
    } catch (error) {
      if (!(error instanceof LeaseError)) {
        throw error;
      }
      await setTimeout(Math.random() * 5);
    }
  }
}

void race();
