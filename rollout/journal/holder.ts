import * as os from "node:os";
import { isAlive } from "../../files/alive";

/** This process as the holder of a lease, e.g. `ada@laptop pid 4711`. */
export function thisHolder(person: string): string {
  return `${person}@${os.hostname()} pid ${process.pid}`;
}

/** Whether a holder's process is known to have ended. Of other machines nothing is known. */
export function isGone(holder: string): boolean {
  const { host, pid } = /@(?<host>[^@]+) pid (?<pid>[1-9]\d*)$/.exec(holder)?.groups ?? {};
  return host === os.hostname() && !isAlive(Number(pid));
}
