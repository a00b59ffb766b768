import type { PlannedFault } from "../rehearsal/faults";
import type { RehearsalResult } from "../rehearsal/rehearse";
import { readStackConfig } from "../rehearsal/release";
import { reportHtml } from "../report";
import type { JournalRecord } from "../rollout/core/records";
import { EngineError, type Json, type Plan } from "../rollout/engine";
import { rolloutConfigOf } from "../rollout/release";
import { reportCost, unitsOf } from "./reportOptions";

/** What a rehearsal's report is made of, gathered while it runs. */
export class RehearsalReport {
  private readonly plans: Plan[] = [];
  private readonly records: JournalRecord[] = [];
  private id = "";

  /** @param set - Config values of the rehearsal, by path. */
  public constructor(private readonly of: { project: string; stack: string; set: Readonly<Record<string, Json>> }) {}

  /** Takes what brought up a stack. */
  public plan(plan: Plan): void {
    this.plans.push(plan);
  }

  /** Takes a record of the rollout. */
  public record(record: JournalRecord, id: string): void {
    this.records.push(record);
    this.id = id;
  }

  /** The page. @throws EngineError when the rehearsal never came to its rollout. */
  public html({ reason, seed, affected }: RehearsalResult, faults: readonly PlannedFault[]): string {
    const { project, stack, set } = this.of;
    if (this.records.length === 0) {
      throw new EngineError(`there is nothing to report: the rollout never began, because ${reason}`);
    }
    const config = readStackConfig(project, stack, set);
    const { rollout, stacks } = rolloutConfigOf(config, stack);
    const platform = config.platform ?? readStackConfig(project, stacks.platform).platform;
    const failed = Math.round(
      affected.failed.release + affected.failed.capacity + affected.failed.database + affected.failed.nowhere,
    );
    const asked = faults.map(({ name, stage, region }) =>
      [name, ...(stage === undefined ? [] : [`@${stage}`]), ...(region === undefined ? [] : [`:${region}`])].join(""),
    );
    return reportHtml(this.id, this.records, {
      units: unitsOf(rollout),
      ...reportCost(this.plans, platform),
      note:
        `A rehearsal, in stand-in clouds and on a virtual clock: nothing real was touched, nobody was told, and the approvals are those of simulated people. ` +
        `Seed ${seed}; ${asked.length === 0 ? "nothing was made to go wrong" : `made to go wrong: ${asked.join(", ")}`}. ` +
        `Of ${Math.round(affected.requests).toLocaleString("en")} simulated requests ${failed.toLocaleString("en")} failed because of the release.`,
    });
  }
}
