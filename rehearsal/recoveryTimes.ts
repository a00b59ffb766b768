import type { JournalRecord } from "../rollout/core/records";
import type { State } from "../rollout/core/state";

/** How long the recovery of a lost region took. */
export interface Recovered {
  /** Seconds from the decision of people to the end of the smoke tests in the region that took over: the critical path. */
  activationSeconds: number;
  /** Seconds from the beginning, with the loss of the region, to the end of everything: the recovery time. */
  totalSeconds: number;
}

/** Measures a recovery by its records. */
export class RecoveryTimes {
  private begun?: number;
  private decided?: number;
  private tested?: number;
  private finished?: number;

  record(record: JournalRecord, { plan, progress }: State): void {
    if (plan.recovery === undefined) {
      return;
    }
    this.begun ??= record.at;
    if (record.type === "approved") {
      this.decided = record.at;
    }
    if (record.type === "finished" && record.outcome === "promoted") {
      this.finished = record.at;
    }
    // Watched since: applied, with all of its hooks done.
    if ("effect" in record && "stage" in record.effect && record.effect.stage === "validate") {
      this.tested = progress.watchedSince;
    }
  }

  result(): { recovery?: Recovered } {
    const { begun, decided, tested, finished } = this;
    return begun === undefined || decided === undefined || tested === undefined || finished === undefined
      ? {}
      : { recovery: { activationSeconds: (tested - decided) / 1000, totalSeconds: (finished - begun) / 1000 } };
  }
}
