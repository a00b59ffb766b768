import fs from "node:fs";
import { folderJournal, thisHolder } from "../../../../rollout/journal";
import { interfere } from "./interfere";
import { script } from "./script";

/**
 * Does the script and is killed at one change of the disk: `killed.ts FOLDER NUMBER before|half SIGNAL`. It prints what was
 * acknowledged.
 */
const [folder = "", number = "0", how, signal] = process.argv.slice(2);

function say(text: string): void {
  fs.writeSync(1, `${text}\n`);
}

function die(): void {
  process.kill(process.pid, signal);
  // The signal may take a moment: nothing more is done meanwhile.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}

interfere((at) => {
  if (at === Number(number)) {
    return how === "half" ? "half" : die();
  }
}, die);

void script(folderJournal(folder, "production"), thisHolder("ada"), () => undefined, say);
