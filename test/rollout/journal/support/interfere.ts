import fs from "node:fs";

/** What changes a disk. Reads are not interfered with. */
const CHANGES = [
  "openSync",
  "writeSync",
  "writeFileSync",
  "fsyncSync",
  "renameSync",
  "linkSync",
  "ftruncateSync",
  "rmSync",
  "mkdirSync",
] as const;

type Change = (typeof CHANGES)[number];

/**
 * Calls `interrupt` before each change of the disk, with its number and name. When it says `half`, half of a write is done
 * and then `broken` called.
 *
 * @returns how to stop it.
 */
export function interfere(
  interrupt: (number: number, change: Change) => "half" | void,
  broken: () => void = () => undefined,
) {
  const originals = CHANGES.map((name) => [name, fs[name]] as const);
  let count = 0;
  for (const [name, original] of originals) {
    (fs as any)[name] = (...args: any[]) => {
      if (name === "writeSync" && typeof args[0] === "number" && args[0] <= 2) {
        return (original as any)(...args);
      }
      if (name === "openSync" && (args[1] === "r" || args[1] === (fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW))) {
        return (original as any)(...args);
      }
      if (interrupt(count++, name) === "half" && name === "writeSync") {
        const bytes = args[1] as Buffer;
        (original as any)(args[0], bytes.subarray(0, Math.floor(bytes.length / 2)));
        broken();
      }
      return (original as any)(...args);
    };
  }
  return () => {
    for (const [name, original] of originals) {
      (fs as any)[name] = original;
    }
    return count;
  };
}
