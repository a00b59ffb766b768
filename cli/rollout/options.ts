import { Option, type Command } from "commander";
import { filled, jsonOption, stackOption } from "../options";
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

/** Adds them. @param json - Whether the command can print JSON. @default true */
export function rolloutOptions(command: Command, { json = true }: { json?: boolean } = {}): Command {
  command
    .addOption(stackOption())
    .addOption(
      new Option("--journal <place>", "of the journals: a folder, or s3://BUCKET/PREFIX")
        .argParser(filled)
        .default(undefined, "CUTOVER_JOURNAL, or .cutover"),
    )
    .addOption(
      new Option(
        "--rehearsal <dir>",
        "deploy into stand-in clouds that keep their state in this folder, with simulated load, instead of through Pulumi",
      ).argParser(filled),
    );
  return json ? command.addOption(jsonOption()) : command;
}
