import type { Command } from "commander";
import { EngineError } from "../rollout/engine";
import { openRehearsal } from "./open";
import { jsonOption, stackOption, stateOption } from "./options";

interface Options {
  stack: string;
  state: string;
}

/** Adds `outputs` and `export`. */
export function registerStateCommands(program: Command): void {
  program
    .command("outputs")
    .description("print the outputs of the last `up` as JSON, by the contract in schemas/")
    .addOption(stackOption())
    .addOption(stateOption("folder that keeps the state").makeOptionMandatory())
    .addOption(jsonOption())
    .action(async ({ stack, state }: Options) => {
      process.stdout.write(`${JSON.stringify(await openRehearsal(state).outputs(stack), null, 2)}\n`);
    });

  program
    .command("export")
    .description(
      "print the state as `pulumi stack import` takes it, its invented secrets encrypted under PULUMI_CONFIG_PASSPHRASE",
    )
    .addOption(stackOption())
    .addOption(stateOption("folder that keeps the state").makeOptionMandatory())
    .action(async ({ stack, state }: Options) => {
      const passphrase = process.env["PULUMI_CONFIG_PASSPHRASE"];
      if (passphrase === undefined || passphrase === "") {
        throw new EngineError(
          "PULUMI_CONFIG_PASSPHRASE is not set: an export encrypts its secrets under it; " +
            `set it and run again: PULUMI_CONFIG_PASSPHRASE=... cutover export --stack ${stack} --state ${state}`,
        );
      }
      const deployment = await openRehearsal(state).export(stack, passphrase);
      process.stdout.write(`${JSON.stringify(deployment, null, 2)}\n`);
    });
}
