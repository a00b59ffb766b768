/** Commands and webhooks of the stages. */
import { seconds } from "../../stacks/config/fields";
import type { Hook, Hooks } from "../../stacks/config/rollout/hooks";
import { bearer } from "../metrics/bearer";
import type { HookContext, HookResult, HookRunner } from "../ports";
import { runCommand } from "./command";
import { secretsIn, withoutSecrets } from "./secrets";
import { Tail } from "./tail";
import { callWebhook } from "./webhook";

/** The longest that a timer can wait: 24.8 days. */
const LONGEST_SECONDS = 2_147_483;

interface Surroundings {
  /** The project's folder: where commands run. */
  folder: string;
  /** The environment: commands get it, tokens are in it, its secrets are replaced in what is kept. */
  environment: NodeJS.ProcessEnv;
  /** Other variables that config says to hold secrets: of channels and of metric sources. @default - none */
  secretsFrom?: readonly string[];
  /** @default - the global one */
  fetch?: typeof fetch;
}

/** Runs the hooks of a config. */
export function hookRunner(hooks: Hooks, surroundings: Surroundings): HookRunner {
  const tokens = Object.values(hooks).flatMap((hook) => ("webhook" in hook ? (hook.tokenFrom ?? []) : []));
  const secrets = secretsIn(surroundings.environment, [...tokens, ...(surroundings.secretsFrom ?? [])]);
  return {
    async run(name, context, signal): Promise<HookResult> {
      const output = new Tail(secrets);
      const reason = await perform(name, hooks[name], context, surroundings, output, signal).catch(messageOf);
      return reason === undefined
        ? { ok: true, output: output.text() }
        : { ok: false, reason: withoutSecrets(`hook ${name} failed: ${reason}`, secrets), output: output.text() };
    },
  };
}

async function perform(
  name: string,
  hook: Hook | undefined,
  context: HookContext,
  { folder, environment, fetch = globalThis.fetch }: Surroundings,
  output: Tail,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (hook === undefined) {
    return `there is none of this name in cutover:rollout.hooks`;
  }
  const limit = Math.min(seconds(hook.timeout), LONGEST_SECONDS);
  if ("command" in hook) {
    const run = { command: hook.command, folder, output, signal, milliseconds: limit * 1000, timeout: hook.timeout };
    return runCommand({ ...run, environment: { ...environment, ...variables(context) } });
  }
  const token = bearer(hook.tokenFrom, environment);
  const key = `${context.rollout}/${context.stage}/${context.attempt}/${name}`;
  return callWebhook({
    url: hook.webhook,
    token,
    key,
    body: { hook: name, ...context },
    seconds: limit,
    output,
    fetch,
    signal,
  });
}

/** What a command is told: CUTOVER_ROLLOUT, CUTOVER_STAGE and so on. */
function variables(context: HookContext): Record<string, string> {
  return Object.fromEntries(
    Object.entries(context).map(([name, value]) => [`CUTOVER_${name.toUpperCase()}`, String(value)]),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
