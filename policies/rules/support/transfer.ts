import { jurisdictionOf } from "../../regions";
import type { Settings } from "../../settings";

/** Reports a copy that leaves its jurisdiction. A region that nobody knows the jurisdiction of is none to copy to. */
export function reportTransfer(
  from: string | undefined,
  to: string | undefined,
  settings: Settings,
  report: (message: string) => void,
): void {
  if (from === undefined || to === undefined || from === to) {
    return;
  }
  const [home, there] = [jurisdictionOf(from, settings), jurisdictionOf(to, settings)];
  if (home === undefined || home !== there) {
    report(
      `data goes from ${from} (${home ?? "of no known jurisdiction"}) to ${to} (${there ?? "of no known jurisdiction"})`,
    );
  }
}
