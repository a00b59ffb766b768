import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { notifier } from "../../../rollout/notify";
import { bodyFor } from "../../../rollout/notify/templates";
import type { Message } from "../../../rollout/ports";
import { channelsSchema, CHANNEL_SHAPES, NOTICES } from "../../../stacks/config/rollout/hooks";

const HEAD = "ab".repeat(32);
const MESSAGE: Message = {
  notice: "hold",
  rollout: "production-7",
  stack: "production",
  title: "2.0 on production <holds> & waits",
  lines: ["error-rate > 5 % for 5m", "<!channel> *decide*"],
  head: HEAD,
};
const FAST = { retries: 3, minTimeout: 1, maxRetryTime: 10_000 };

describe("the templates of messages", () => {
  it("have the shape of Slack's blocks, as plain text: nothing in a message is markup or calls anybody", () => {
    assert.deepEqual(bodyFor("slack", MESSAGE), {
      text: "2.0 on production &lt;holds&gt; &amp; waits",
      blocks: [
        { type: "header", text: { type: "plain_text", text: MESSAGE.title, emoji: false } },
        {
          type: "section",
          text: { type: "plain_text", text: "error-rate > 5 % for 5m\n<!channel> *decide*", emoji: false },
        },
        {
          type: "context",
          elements: [{ type: "plain_text", text: `production-7 on production, journal ${HEAD}`, emoji: false }],
        },
      ],
    });
  });

  it("have the shape of a Teams workflow's Adaptive Card", () => {
    const { type, attachments } = bodyFor("teams", MESSAGE) as any;
    assert.equal(type, "message");
    assert.equal(attachments[0].contentType, "application/vnd.microsoft.card.adaptive");
    const { type: card, version, body } = attachments[0].content;
    assert.deepEqual([card, version], ["AdaptiveCard", "1.4"]);
    assert.deepEqual(
      body.map((block: any) => [block.type, block.inlines[0].type, block.inlines[0].text]),
      [MESSAGE.title, ...MESSAGE.lines, `production-7 on production, journal ${HEAD}`].map((text) => [
        "RichTextBlock",
        "TextRun",
        text,
      ]),
    );
  });

  it("have the shape of PagerDuty's events: one incident for a rollout, over when it goes on or ends", () => {
    assert.deepEqual(bodyFor("pagerduty", MESSAGE, "key"), {
      routing_key: "key",
      event_action: "trigger",
      dedup_key: "production-7",
      client: "Cutover",
      payload: {
        summary: `${MESSAGE.title}: error-rate > 5 % for 5m`,
        source: "production",
        severity: "error",
        custom_details: { lines: MESSAGE.lines, journal: HEAD },
      },
    });
    const actions = NOTICES.map((notice) => (bodyFor("pagerduty", { ...MESSAGE, notice }, "key") as any)?.event_action);
    assert.deepEqual(Object.fromEntries(NOTICES.map((notice, index) => [notice, actions[index]])), {
      start: undefined,
      phase: "resolve",
      update: undefined,
      warning: undefined,
      hold: "trigger",
      rollback: "trigger",
      done: "resolve",
    });
  });

  it("have the message itself as JSON", () => {
    assert.deepEqual(bodyFor("json", MESSAGE), MESSAGE);
  });

  it("stay within what the services take, without cutting a character in two, and say nothing for no lines", () => {
    const long = { ...MESSAGE, title: `${"a".repeat(148)}😀😀`, lines: ["b".repeat(50_000)] };
    const slack = bodyFor("slack", long) as any;
    assert.equal(slack.blocks[0].text.text, `${"a".repeat(148)}…`);
    assert.equal(slack.blocks[1].text.text.length, 3_000);
    for (const lines of [["€".repeat(50_000)], Array<string>(50_000).fill("€")]) {
      assert(Buffer.byteLength(JSON.stringify(bodyFor("teams", { ...long, lines }))) < 28_000);
    }
    assert.equal((bodyFor("pagerduty", long, "key") as any).payload.summary.length, 1_024);
    assert.equal((bodyFor("slack", { ...MESSAGE, lines: [] }) as any).blocks.length, 2);
  });

  it("name the journal's head, whatever the shape and the notice", () => {
    for (const shape of CHANNEL_SHAPES) {
      for (const notice of NOTICES) {
        const body = bodyFor(shape, { ...MESSAGE, notice }, "key");
        assert(body === undefined || JSON.stringify(body).includes(HEAD), `${shape} ${notice}`);
      }
    }
  });
});

describe("the notifier", () => {
  let server: http.Server;
  let base: string;
  let statuses: number[];
  let bodies: any[];

  before((done) => {
    server = http.createServer((request, response) => {
      let body = "";
      request
        .on("data", (chunk) => (body += chunk))
        .on("end", () => {
          bodies.push({ path: request.url, ...JSON.parse(body) });
          response.writeHead(statuses.shift() ?? 200, { location: "/other" }).end("secret-path echoed");
        });
    });
    server.listen(0, "127.0.0.1", () => {
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after((done) => {
    server.closeAllConnections();
    server.close(done);
  });
  beforeEach(() => {
    statuses = [];
    bodies = [];
  });

  const tell = (channels: object, environment: NodeJS.ProcessEnv, message = MESSAGE) =>
    notifier(channelsSchema.parse(channels), environment, FAST).tell(message);
  const team = { team: { shape: "json", urlFrom: "TEAM_URL" } };

  it("tells each channel what it wants to know, in its shape", async () => {
    const channels = {
      ...team,
      chat: { shape: "slack", urlFrom: "CHAT_URL", on: ["hold"] },
      end: { shape: "teams", urlFrom: "UNSET", on: ["done"] },
      pager: { shape: "pagerduty", urlFrom: "PAGER_URL", keyFrom: "PAGER_KEY" },
    };
    const environment = {
      TEAM_URL: `${base}/team`,
      CHAT_URL: `${base}/chat`,
      PAGER_URL: `${base}/pager`,
      PAGER_KEY: "k",
    };
    assert.deepEqual(await tell(channels, environment), [
      { channel: "team", ok: true },
      { channel: "chat", ok: true },
      { channel: "pager", ok: true },
    ]);
    assert.deepEqual(bodies.map(({ path }) => path).sort(), ["/chat", "/pager", "/team"]);
    assert.equal(bodies.find(({ path }) => path === "/pager").routing_key, "k");
    bodies = [];
    assert.deepEqual(await tell(channels, environment, { ...MESSAGE, notice: "update" }), [
      { channel: "team", ok: true },
    ]);
  });

  it("sends again what a service could not take, and not what it refused", async () => {
    statuses = [500, 429, 408];
    assert.deepEqual(await tell(team, { TEAM_URL: base }), [{ channel: "team", ok: true }]);
    assert.equal(bodies.length, 4);
    for (const [status, attempts] of [
      [503, 4],
      [404, 1],
      [302, 1],
    ] as const) {
      bodies = [];
      statuses = Array<number>(9).fill(status);
      assert.deepEqual(await tell(team, { TEAM_URL: base }), [
        { channel: "team", ok: false, problem: `it answered ${status}` },
      ]);
      assert.equal(bodies.length, attempts);
    }
  });

  it("never rejects, and says what is wrong without the URL or the key", async () => {
    for (const [url, problem] of [
      [undefined, /^the environment variable TEAM_URL is not set$/],
      ["secret-path", /^the environment variable TEAM_URL holds no http or https URL/],
      ["ftp://host/secret-path", /holds no http or https URL/],
      ["https://secret-user:secret-word@host/", /holds no http or https URL, or one with a user name$/],
      ["http://127.0.0.1:1/secret-path", /^it cannot be reached \([A-Za-z_ ]+\)$/],
      ["http://secret-path.invalid/", /^it cannot be reached \([A-Z_]+\)$/],
    ] as const) {
      const [told] = await tell(team, { TEAM_URL: url });
      assert.equal(told!.ok, false);
      assert.match(told!.problem!, problem);
      assert(!told!.problem!.includes("secret"), told!.problem);
    }
    statuses = [404];
    const [told] = await tell({ pager: { shape: "pagerduty", urlFrom: "TEAM_URL" } }, { TEAM_URL: base });
    assert.match(told!.problem!, /PagerDuty needs a routing key: .* keyFrom/);
    assert.equal(bodies.length, 0);
  });

  it("tells the other channels when one fails", async () => {
    const channels = { none: { shape: "json", urlFrom: "NONE" }, ...team };
    assert.deepEqual(
      (await tell(channels, { TEAM_URL: base })).map(({ ok }) => ok),
      [false, true],
    );
  });
});
