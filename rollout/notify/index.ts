/** Messages to people. */
import type { Channel, Channels } from "../../stacks/config/rollout/hooks";
import { codeOf } from "../hooks/webhook";
import { bounded } from "../metrics/bounded";
import type { Message, Notifier } from "../ports";
import { bodyFor } from "./templates";

/** How long one attempt may take, seconds. */
const ATTEMPT_SECONDS = 10;

/** How a message is sent again. */
export interface Retries {
  /** How often at most. */
  retries: number;
  /** Milliseconds before the second attempt; each further one waits twice as long, and up to twice that by chance. */
  minTimeout: number;
  /** Milliseconds after which no attempt begins any more. */
  maxRetryTime: number;
}

const RETRIES: Retries = { retries: 4, minTimeout: 1_000, maxRetryTime: 60_000 };

/** What another attempt will not mend. */
class Refusal extends Error {}

/**
 * Tells the channels of a config. URLs and keys come from the environment, and stand in no message.
 *
 * @param retries - @default - four more times within a minute
 */
export function notifier(
  channels: Channels,
  environment: NodeJS.ProcessEnv,
  retries: Retries = RETRIES,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Notifier {
  return {
    async tell(message) {
      const told = Object.entries(channels).map(async ([name, channel]) => {
        try {
          const request = channel.on.includes(message.notice) ? requestFor(channel, message, environment) : undefined;
          if (request === undefined) {
            return [];
          }
          await sendUntilTaken(request, retries, fetch);
          return [{ channel: name, ok: true }];
        } catch (error) {
          return [{ channel: name, ok: false, problem: problemOf(error) }];
        }
      });
      return (await Promise.all(told)).flat();
    },
  };
}

interface Request {
  url: string;
  body: string;
}

function requestFor(
  { shape, urlFrom, keyFrom }: Channel,
  message: Message,
  environment: NodeJS.ProcessEnv,
): Request | undefined {
  const key = keyFrom === undefined ? undefined : valueOf(keyFrom, environment);
  if (shape === "pagerduty" && key === undefined) {
    throw new Refusal("PagerDuty needs a routing key: name the environment variable that holds it in keyFrom");
  }
  const body = bodyFor(shape, message, key);
  return body === undefined ? undefined : { url: urlOf(urlFrom, environment), body: JSON.stringify(body) };
}

function valueOf(name: string, environment: NodeJS.ProcessEnv): string {
  const value = environment[name]?.trim() ?? "";
  if (value === "") {
    throw new Refusal(`the environment variable ${name} is not set`);
  }
  return value;
}

function urlOf(name: string, environment: NodeJS.ProcessEnv): string {
  const text = valueOf(name, environment);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    throw new Refusal(`the environment variable ${name} holds no http or https URL, or one with a user name`);
  }
  return url.href;
}

async function sendUntilTaken(request: Request, retries: Retries, fetch: typeof globalThis.fetch): Promise<void> {
  const { default: pRetry } = await import("p-retry");
  await pRetry(() => bounded(ATTEMPT_SECONDS, undefined, (signal) => send(request, fetch, signal)), {
    ...retries,
    factor: 2,
    randomize: true,
    shouldRetry: ({ error }) => !(error instanceof Refusal),
  });
}

async function send({ url, body }: Request, fetch: typeof globalThis.fetch, signal: AbortSignal): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", body, headers, redirect: "manual", signal });
  await response.body?.cancel();
  if (!response.ok) {
    const passes = response.status >= 500 || response.status === 429 || response.status === 408;
    throw new (passes ? Error : Refusal)(`it answered ${response.status}`);
  }
}

/** Only what this file wrote itself, or a bare code: other messages may hold the URL. */
function problemOf(error: unknown): string {
  return error instanceof TypeError ? `it cannot be reached (${codeOf(error)})` : (error as Error).message;
}
