import { Option, type Command } from "commander";
import { breakGlass } from "../../rollout/breakGlass";
import { EngineError } from "../../rollout/engine";
import type { JournalError } from "../../rollout/journal";
import { COLORS, type Color } from "../../stacks/config/fields";
import { openContext, type RolloutContext } from "./context";
import { rolloutOptions, type RolloutOptions } from "./options";
import { noRollout, suggested } from "./suggest";

/** Adds `break-glass`. It reads the journal only: it is for the day when Pulumi, its state or the controller cannot run. */
export function registerBreakGlass(rollout: Command): void {
  rolloutOptions(
    rollout
      .command("break-glass")
      .description("print the cloud's own commands that send everybody to one color, without Pulumi"),
  )
    .addOption(
      new Option("--to <color>", "the color that takes everybody")
        .choices([...COLORS])
        .default(undefined, "the active one"),
    )
    .action(async ({ to, ...options }: RolloutOptions & { to?: Color }) => {
      const context = await openContext(options);
      const damage = await damageOf(context);
      const found = await context.started().catch(() => undefined);
      if (found === undefined) {
        throw damage === undefined ? noRollout(options) : withoutRouters(options, damage);
      }
      const { id, record } = found;
      if (record.routers.length === 0) {
        throw withoutRouters(options, `rollout ${id} has no routers with both colors`);
      }
      const script = breakGlass(record.routers, to ?? record.plan.active, options.stack, suggested(options, "abort"));
      process.stdout.write(
        options.json ? `${JSON.stringify({ rollout: id, routers: record.routers, script })}\n` : `${script}\n`,
      );
      if (damage !== undefined) {
        process.stderr.write(
          `warning: ${damage}. The commands are of the first record of rollout ${id}, which is whole.\n` +
            `\`${suggested(options, "verify")}\` says more\n`,
        );
      }
    });
}

/** What is wrong with the journal of the last rollout; undefined when it can be read. */
async function damageOf({ journal }: RolloutContext): Promise<string | undefined> {
  try {
    const id = await journal.current();
    if (id !== undefined) {
      await journal.read(id);
    }
    return undefined;
  } catch (error) {
    const { where } = error as Partial<JournalError>;
    return where === undefined
      ? `the journal cannot be read: ${(error as Error).message}`
      : `the journal of rollout ${where.rollout} is damaged (record ${where.record})`;
  }
}

/** The error where no commands can be printed: the routers are to be found another way. */
function withoutRouters({ stack }: RolloutOptions, why: string): EngineError {
  return new EngineError(
    `${why}, and its first record, which should name the routers, does not. Find them without it: \`pulumi stack export ` +
      `--stack ${stack}\` has each ListenerRule with its ARN, each HTTPRoute and Service with its name; without Pulumi's ` +
      "state, `aws elbv2 describe-rules --region REGION --listener-arn ARN` and `kubectl get httproutes,services -A` show them",
  );
}
