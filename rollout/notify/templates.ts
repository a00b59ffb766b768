import type { Channel } from "../../stacks/config/rollout/hooks";
import type { Message } from "../ports";

/** Slack: header blocks. https://docs.slack.dev/reference/block-kit/blocks/header-block */
const SLACK_TITLE = 150;
/** Slack: text of a section. https://docs.slack.dev/reference/block-kit/blocks/section-block */
const SLACK_TEXT = 3_000;
/** Teams: 28 KB for a whole message, of up to three bytes a character; the rest is the card around the text. */
const TEAMS_TEXT = 6_000;
const TEAMS_LINES = 50;
/** PagerDuty: `payload.summary`. https://developer.pagerduty.com/docs/events-api-v2/trigger-events/ */
const PAGERDUTY_SUMMARY = 1_024;

/**
 * The body of a message for a channel; undefined when a channel of that shape is not told this. Pure.
 *
 * @param key - PagerDuty's routing key.
 */
export function bodyFor(shape: Channel["shape"], message: Message, key?: string): object | undefined {
  switch (shape) {
    case "slack":
      return slack(message);
    case "teams":
      return teams(message);
    case "pagerduty":
      return pagerDuty(message, key);
    case "json":
      return { ...message };
  }
}

/** Plain text wherever it can be: a message that holds markup, or somebody's handle, must not be taken for it. */
function slack(message: Message): object {
  const plain = (text: string) => ({ type: "plain_text", text, emoji: false });
  const text = clip(message.lines.join("\n"), SLACK_TEXT);
  return {
    text: escapeSlack(message.title),
    blocks: [
      { type: "header", text: plain(clip(message.title, SLACK_TITLE)) },
      ...(text === "" ? [] : [{ type: "section", text: plain(text) }]),
      { type: "context", elements: [plain(footer(message))] },
    ],
  };
}

/** The only text that Slack reads as markup. */
function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** An Adaptive Card, as the workflow "when a webhook request is received" posts it. A TextRun knows no markup. */
function teams(message: Message): object {
  const line = (text: string, look: object = {}) => ({
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text, ...look }],
  });
  const text = clip(message.lines.slice(0, TEAMS_LINES).join("\n"), TEAMS_TEXT);
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          msteams: { width: "Full" },
          body: [
            line(clip(message.title, PAGERDUTY_SUMMARY), { size: "medium", weight: "bolder" }),
            ...(text === "" ? [] : text.split("\n").map((each) => line(each))),
            line(footer(message), { isSubtle: true, size: "small" }),
          ],
        },
      },
    ],
  };
}

/** What a notice means to who is on call: a hold or a rollback needs a person, a phase or the end does not any more. */
const PAGES: Readonly<Record<Message["notice"], { action: "trigger" | "resolve"; severity: string } | undefined>> = {
  start: undefined,
  update: undefined,
  warning: undefined,
  hold: { action: "trigger", severity: "error" },
  rollback: { action: "trigger", severity: "critical" },
  phase: { action: "resolve", severity: "info" },
  done: { action: "resolve", severity: "info" },
};

/** Events API v2. One incident for a rollout: the rollout is its key. */
function pagerDuty(message: Message, key: string | undefined): object | undefined {
  const page = PAGES[message.notice];
  if (page === undefined) {
    return undefined;
  }
  const [first] = message.lines;
  return {
    routing_key: key,
    event_action: page.action,
    dedup_key: message.rollout,
    client: "Cutover",
    payload: {
      summary: clip(first === undefined ? message.title : `${message.title}: ${first}`, PAGERDUTY_SUMMARY),
      source: message.stack,
      severity: page.severity,
      custom_details: { lines: message.lines, journal: message.head },
    },
  };
}

function footer({ rollout, stack, head }: Message): string {
  return `${rollout} on ${stack}, journal ${head}`;
}

/** A text of at most so many characters; none of them, such as an emoji, is cut in two. */
function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
