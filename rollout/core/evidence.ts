import type { GateCount } from "./counters";
import { known } from "./known";
import type { Gate, WatchedStage } from "./plan";
import type { Evidence } from "./records";
import type { State } from "./state";

/** Whether a stage has all that it needs to pass. A gate that nothing was counted for has no evidence. */
export function passes({ progress }: State, stage: WatchedStage): boolean {
  return (
    progress.watchedSince !== undefined &&
    progress.coveredSeconds >= stage.soakSeconds &&
    stage.gates.every(({ action }, index) => {
      const counts = [...progress.gates[index]!.values()];
      return (
        counts.length > 0 &&
        counts.every(({ last }) => last.result === "met" || (action === "warn" && last.result === "unmet"))
      );
    })
  );
}

/** What a gate's count is as evidence. */
export function evidenceOf(gate: Gate, scope: string, count: GateCount): Evidence {
  return {
    rule: gate.text,
    scope,
    ...known("value", count.last.value),
    ...known("limit", count.last.limit ?? (gate.condition.baseline ? undefined : gate.condition.limit)),
    samples: count.samples,
    ...known("since", count.failingSince),
    ...known("at", count.lastAt),
  };
}
