import { Option, type Command } from "commander";
import { jsonOption, stackOption } from "../options";
import { thisPerson } from "./ask";

/** Options that every command of a rollout has. */
export interface RolloutOptions {
  stack: string;
  journal?: string;
  rehearsal?: string;
  json?: true;
}

export const byOption = () =>
  new Option("--by <person>", "who does it, as in cutover:rollout.approvers").default(
    thisPerson(),
    "CUTOVER_BY, or this user",
  );

export function rolloutOptions(command: Command): Command {
  return command
    .addOption(stackOption())
    .addOption(
      new Option("--journal <dir>", "folder of the journals").default(undefined, "CUTOVER_JOURNAL, or .cutover"),
    )
    .addOption(
      new Option(
        "--rehearsal <dir>",
        "deploy into stand-in clouds that keep their state in this folder, with simulated load, instead of through Pulumi",
      ),
    )
    .addOption(jsonOption());
}
