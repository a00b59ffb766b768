import { Command, CommanderError } from "commander";
import { EngineError } from "../rollout/engine";
import { registerCheck } from "./check";
import { registerCost } from "./cost";
import { EXIT, exitCodeOf, type ExitCode } from "./exit";
import { registerDeployments } from "./deployments";
import { registerGraph } from "./graph";
import { registerJudge } from "./judge";
import { registerRehearse } from "./rehearse";
import { registerRollout } from "./rollout";
import { registerStateCommands } from "./state";

/**
 * Runs the `cutover` command.
 *
 * @param argv - The arguments, without the interpreter and the script.
 * @returns The exit code: 0 done, 1 the plan or the run failed, 2 usage or config, 3 a release holds, 4 it went back.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command("cutover")
    .description(
      "Plans and walks a two-color production with no cloud: the same Pulumi program, run by the rehearsal.\n" +
        "Real deployments use Pulumi itself: npx pulumi preview, npx pulumi up.",
    )
    .version("0.1.0")
    .showHelpAfterError("(cutover --help shows what there is)")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText(
      "after",
      `
Examples:
  cutover rehearse --stack production
      walks a whole release, from 0 to 100 % green
  cutover preview --stack production
      shows what a first \`up\` would create
  cutover up --stack production-platform --state work
      keeps the state in folder work; then production-application, production
  cutover up --stack production --state work --set traffic.green=10
      is a stage of a release: only router weights change

Exit codes: 0 done, 1 the plan or the run failed, 2 usage or config; of
rehearse, rollout and judge also 3 the release holds, 4 it went back.
NO_COLOR turns colors off.`,
    );
  let code: ExitCode = EXIT.done;
  const end = (ended: ExitCode) => {
    code = ended;
  };
  registerRehearse(program, end);
  registerRollout(program, end);
  registerDeployments(program);
  registerCheck(program);
  registerStateCommands(program);
  registerCost(program);
  registerGraph(program);
  registerJudge(program, end);

  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    }
    if (error instanceof EngineError) {
      process.stderr.write(`error: ${error.message}\n`);
      return exitCodeOf(error);
    }
    // Anything else is a defect of this program: its stack trace is what a maintainer needs.
    process.stderr.write(
      `unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return EXIT.failed;
  }
}
