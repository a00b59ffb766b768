import { z } from "zod";
import { duration, label } from "../fields";
import { environmentName } from "./metrics";

const timeout = duration.default("5m").describe("How long it may take; then it has failed.");

const command = z.strictObject({
  command: z
    .array(z.string().min(1))
    .min(1)
    .describe("A program and its arguments, run in the project's folder without a shell. It passes with exit code 0."),
  timeout,
});

const webhook = z.strictObject({
  webhook: z
    .url({ protocol: /^https?$/, error: "an http or https URL" })
    .describe("Is sent the stage as JSON with POST. It passes with a 2xx status."),
  tokenFrom: environmentName.optional().describe("Environment variable that holds a bearer token."),
  timeout,
});

export const hooksSchema = z
  .record(
    label(),
    z.union([command, webhook], "a `command` (a list) or a `webhook` (a URL), with an optional `timeout`"),
  )
  .default({})
  .describe("Commands and webhooks that a stage runs, by name. Their output is kept as evidence.");

export const CHANNEL_SHAPES = ["slack", "teams", "pagerduty", "json"] as const;

/** What is told to people. */
export const NOTICES = ["start", "phase", "update", "warning", "hold", "rollback", "done"] as const;
export type Notice = (typeof NOTICES)[number];

export const channelsSchema = z
  .record(
    label(),
    z.strictObject({
      shape: z.enum(CHANNEL_SHAPES).describe("Whose message format is sent."),
      urlFrom: environmentName.describe(
        "Environment variable that holds the webhook's URL: such a URL is a credential.",
      ),
      keyFrom: environmentName.optional().describe("PagerDuty: environment variable that holds the routing key."),
      on: z
        .array(z.enum(NOTICES))
        .min(1)
        .default([...NOTICES])
        .describe(
          "What it is told: the start, each phase, regular updates, warnings (of rules with `warn`, and of late stages), holds, rollbacks, the end.",
        ),
    }),
  )
  .default({})
  .describe("Who is told, by name. A message that cannot be sent is retried and never holds a rollout up.");

export type Hooks = z.infer<typeof hooksSchema>;
export type Hook = Hooks[string];
export type Channels = z.infer<typeof channelsSchema>;
export type Channel = Channels[string];
