import { Option, type Command } from "commander";
import { breakGlass } from "../../rollout/breakGlass";
import { EngineError } from "../../rollout/engine";
import { COLORS, type Color } from "../../stacks/config/fields";
import { openContext } from "./context";
import { rolloutOptions, type RolloutOptions } from "./options";

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
      const { journal } = await openContext(options);
      const id = await journal.current();
      const [started] = id === undefined ? [] : await journal.read(id);
      if (started?.type !== "started" || started.routers.length === 0) {
        throw new EngineError(
          `the journal of ${options.stack} knows no routers: they are written down when a rollout starts. ` +
            `\`pulumi stack output --stack ${options.stack}\` lists the rules of each region`,
        );
      }
      const script = breakGlass(started.routers, to ?? started.plan.active, options.stack);
      process.stdout.write(
        options.json ? `${JSON.stringify({ rollout: id, routers: started.routers, script })}\n` : `${script}\n`,
      );
    });
}
