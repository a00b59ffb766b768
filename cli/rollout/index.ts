import type { Command } from "commander";
import type { ExitCode } from "../exit";
import { registerApprove } from "./approve";
import { registerAsks } from "./ask";
import { registerBreakGlass } from "./breakGlass";
import { registerHistory } from "./history";
import { registerPlan } from "./plan";
import { registerReport } from "./report";
import { registerRuns } from "./run";
import { registerStatus } from "./status";
import { registerVerify } from "./verify";

/** Adds `rollout` and its commands. */
export function registerRollout(program: Command, end: (code: ExitCode) => void): void {
  const rollout = program
    .command("rollout")
    .description("bring a release to everybody, stage by stage: watched, journaled, and taken back when it fails")
    .addHelpText(
      "after",
      `
Examples:
  cutover rollout plan --stack production
      what would happen, how long it takes, what each stage could see
  cutover rollout start --stack production --watch
      begins, and stays until it has ended; from a pipeline, leave out --watch
      and run \`cutover rollout tick\` at least every half trigger window
  cutover rollout status --stack production --watch
  cutover rollout abort --stack production -m "pupils cannot log in"

Exit codes: 0 promoted, or in progress as asked; 1 failed; 2 usage or config;
3 holds, people must decide; 4 rolled back.`,
    );
  registerPlan(rollout);
  registerRuns(rollout, end);
  registerStatus(rollout, end);
  registerApprove(rollout, end);
  registerAsks(rollout, end);
  registerBreakGlass(rollout);
  registerHistory(rollout);
  registerVerify(rollout, end);
  registerReport(rollout);
}
