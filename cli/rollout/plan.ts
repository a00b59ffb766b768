import type { Command } from "commander";
import { durationText } from "../../rollout/duration";
import { ConfigError } from "../../rollout/engine";
import type { RolloutPlan, WatchedStage } from "../../rollout/core/plan";
import { TOTAL } from "../../rollout/core/plan";
import { expectations, unreachableMinimums, type Expectation } from "../../rollout/metrics/expected";
import { directionOf } from "../../rollout/messages";
import { digestOf } from "../../rollout/plan";
import { bold, dim, yellow } from "../paint";
import { openContext } from "./context";
import { rolloutOptions, type RolloutOptions } from "./options";

/** Adds `plan`. */
export function registerPlan(rollout: Command): void {
  rolloutOptions(
    rollout
      .command("plan")
      .description("show what a rollout would do, how long it takes, and what each stage could see"),
  )
    .option("--plan <name>", "the plan of cutover:rollout.plans; its default unless one is named")
    .action(async (options: RolloutOptions & { plan?: string }) => {
      const context = await openContext(options);
      const plan = await context.plan(options.plan);
      const config = context.config();
      const expected =
        config.requestsPerMinute === undefined ? [] : expectations(plan, config, config.requestsPerMinute);
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ digest: digestOf(plan), plan, expected })}\n`
          : `${planText(plan, expected)}\n`,
      );
      const unreachable = unreachableMinimums(expected);
      if (unreachable.length > 0) {
        throw new ConfigError(`the plan cannot be followed:\n${unreachable.map((each) => `  ${each}`).join("\n")}`);
      }
    });
}

/** A plan in words. Eighty columns. */
function planText(plan: RolloutPlan, expected: readonly Expectation[]): string {
  const total = plan.stages.reduce((sum, { soakSeconds }) => sum + soakSeconds, 0);
  return [
    `${bold(`${plan.release} on ${plan.stack}`)}, plan ${plan.plan}: ${directionOf(plan)}`,
    dim(
      `digest ${digestOf(plan).slice(0, 12)}; watched for ${durationText(total)} in all, a sample every ${plan.intervalSeconds} s`,
    ),
    "",
    ...plan.stages.flatMap((stage) => stageText(stage, expected)),
    "",
    bold("triggers"),
    ...plan.triggers.map(
      ({ name, text, forSeconds, action }) => `  ${name.padEnd(24)} ${text} for ${durationText(forSeconds)}: ${action}`,
    ),
    ...(plan.signals.length === 0
      ? []
      : [`  ${dim(`signals: ${plan.signals.map(({ name, action }) => `${name} (${action})`).join(", ")}`)}`]),
    ...(plan.allowedSigners !== undefined ||
    plan.oidc !== undefined ||
    !plan.stages.some(({ approvals }) => approvals.length > 0)
      ? []
      : [
          "",
          yellow("Approvals are not signed: who gives one is taken at their word."),
          dim("Set cutover:rollout.allowedSigners, and signatures are asked for and kept."),
        ]),
    ...(expected.length > 0
      ? []
      : ["", dim("Set cutover:rollout.requestsPerMinute, and it says what each stage could see.")]),
  ].join("\n");
}

function stageText(stage: WatchedStage, expected: readonly Expectation[]): string[] {
  const soak = stage.soakSeconds === 0 ? "" : durationText(stage.soakSeconds);
  const share = stage.kind === "shift" ? `${stage.share} %` : "";
  const asks = stage.approvals.length === 0 ? "" : `needs ${stage.approvals.join(", ")}`;
  const head =
    `  ${stage.name.padEnd(26)} ${share.padStart(6)}  ${soak.padEnd(8)} ${asks || (stage.patch && Object.keys(stage.patch).length > 0 ? dim(stage.stack) : "")}`.trimEnd();
  const gates = stage.gates.map(({ text, action, decideWithinSeconds }) => {
    const within = decideWithinSeconds === undefined ? "" : `, decide within ${durationText(decideWithinSeconds)}`;
    return `      ${text}${action === "rollback" ? "" : `, else ${action}${within}`}`;
  });
  const hooks = stage.hooks.length === 0 ? [] : [`      runs ${stage.hooks.join(", ")}`];
  const timed = [
    ...(stage.planned === undefined ? [] : [`begins at ${stage.planned}`]),
    ...(stage.gateSeconds === undefined ? [] : [`gates look every ${durationText(stage.gateSeconds)}`]),
    ...(stage.page === undefined ? [] : ["behind the maintenance page"]),
  ];
  const times = timed.length === 0 ? [] : [`      ${timed.join("; ")}`];
  return [head, ...times, ...gates, ...hooks, ...seen(expected.filter((each) => each.stage === stage.name))];
}

/** What a stage could see: in total, and in the region with the fewest requests. */
function seen(expected: readonly Expectation[]): string[] {
  const total = expected.find(({ scope }) => scope === TOTAL);
  const [least] = expected.filter(({ scope }) => scope !== TOTAL).sort((one, other) => one.requests - other.requests);
  return [total, least].flatMap((each) => {
    if (each === undefined || each.requests === 0) {
      return [];
    }
    const change =
      each.detectable === undefined ? "" : `; sees ${Number(each.detectable.toPrecision(2))} points more errors`;
    return [dim(`      ${each.scope}: about ${Math.round(each.requests).toLocaleString("en")} requests${change}`)];
  });
}
