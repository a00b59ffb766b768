import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { hookRunner } from "../../../rollout/hooks";
import { KEPT, Tail } from "../../../rollout/hooks/tail";
import { hooksSchema } from "../../../stacks/config/rollout/hooks";

const CONTEXT = {
  rollout: "production-1",
  stack: "production",
  stage: "smoke",
  attempt: 2,
  release: "2.0",
  candidate: "green",
  share: 0.1,
} as const;

const node = (script: string, timeout = "1m") => ({ command: [process.execPath, "-e", script], timeout });

function run(hook: object, environment: NodeJS.ProcessEnv = {}, signal?: AbortSignal, folder = os.tmpdir()) {
  return hookRunner(hooksSchema.parse({ test: hook }), { folder, environment }).run("test", CONTEXT, signal);
}

describe("a command as a hook", () => {
  it("passes with exit code 0, and what it printed is kept", async () => {
    assert.deepEqual(await run(node(`console.log("out"); console.error("err")`)), { ok: true, output: "out\nerr\n" });
  });

  it("runs in the project's folder, is told the stage in its environment, and no shell reads it", async () => {
    const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cutover-hook-")));
    const names = Object.keys(CONTEXT).map((name) => `CUTOVER_${name.toUpperCase()}`);
    const script = `console.log(JSON.stringify([process.cwd(), ...${JSON.stringify(names)}.map((name) => process.env[name]), process.env.OWN, process.argv[1]]))`;
    const hook = { command: [process.execPath, "-e", script, "$(id) > x; *"] };
    const { output } = await run(hook, { OWN: "value" }, undefined, folder);
    assert.deepEqual(JSON.parse(output), [folder, ...Object.values(CONTEXT).map(String), "value", "$(id) > x; *"]);
    fs.rmdirSync(folder);
  });

  it("fails with its exit code, its signal, or when there is no such program", async () => {
    assert.deepEqual(await run(node(`console.log("why"); process.exitCode = 3`)), {
      ok: false,
      reason: "hook test failed: it ended with exit code 3",
      output: "why\n",
    });
    assert.match((await run(node(`process.kill(process.pid, "SIGKILL")`))).reason!, /it was ended by SIGKILL/);
    assert.match(
      (await run({ command: ["/no/such/program"] })).reason!,
      /\/no\/such\/program cannot be started: .*ENOENT/,
    );
    const runner = hookRunner({}, { folder: os.tmpdir(), environment: {} });
    assert.match((await runner.run("other", CONTEXT)).reason!, /hook other failed: there is none of this name/);
  });

  it("is stopped with all that it started when its time is over", async () => {
    const child = `setInterval(() => {}, 1000); process.on("SIGTERM", () => {}); console.log(process.pid)`;
    const script = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" }); setInterval(() => {}, 1000);`;
    const { ok, reason, output } = await run(node(script, "1s"));
    assert.equal(ok, false);
    assert.equal(reason, "hook test failed: it took longer than 1s and was stopped");
    await gone(Number(output));
  });

  it("is stopped when the rollout goes another way, before or while it runs", async () => {
    assert.match(
      (await run(node("setInterval(() => {}, 1000)"), {}, AbortSignal.abort())).reason!,
      /the rollout goes another way/,
    );
    const ended = new AbortController();
    const running = run(node("setInterval(() => {}, 1000)"), {}, ended.signal);
    ended.abort();
    assert.match((await running).reason!, /the rollout goes another way/);
  });

  it("is over when it has ended, although what it left running holds its output open", async () => {
    const left = `const { pid } = require("node:child_process").spawn("sleep", ["600"], { stdio: "inherit", detached: true });`;
    const { ok, output } = await run(node(`${left} console.log(pid); process.exit()`));
    assert.equal(ok, true);
    process.kill(Number(output));
  });

  it("keeps the end of a long output, as plain text", async () => {
    const { output } = await run(node(`process.stdout.write("\\u001b[31m" + "a".repeat(100_000) + "😀\\u001b[0mend")`));
    assert.equal(output.length, KEPT + 1 - "\u001b[0m".length);
    assert.match(output, /^…a+😀end$/);
  });

  it("keeps no secret of the environment, also not in parts", async () => {
    const secret = "s3cr3t-value";
    const environment = {
      GITLAB_TOKEN: secret,
      DATABASE: "postgres://u:hunter22@db/x",
      PORT_KEY: "1",
      HOME: "/home/somebody",
      LONG_PRIVATE_KEY: `---begin---\n${"k".repeat(40)}\n---end---`,
    };
    const lines = [
      `a ${secret} b`,
      environment.DATABASE,
      "1",
      environment.HOME,
      "k".repeat(40),
      encodeURIComponent(environment.DATABASE),
    ];
    const { output } = await run(node(`${JSON.stringify(lines)}.forEach((line) => console.log(line))`), environment);
    assert.deepEqual(output.split("\n").slice(0, -1), [
      "a [secret] b",
      "[secret]",
      "1",
      "/home/somebody",
      "[secret]",
      "[secret]",
    ]);
  });

  it("keeps no part of a secret, however it comes in pieces and wherever the rest is cut off", () => {
    const secret = "s3cr3t-value";
    fc.assert(
      fc.property(fc.nat(30), fc.array(fc.nat(KEPT + 30), { maxLength: 4 }), fc.nat(30), (before, cuts, after) => {
        const text = `${"x".repeat(before)}${secret}${"x".repeat(KEPT - 15 + after)}`;
        const tail = new Tail([secret]);
        let from = 0;
        for (const cut of [...cuts, before + 5, text.length].sort((one, other) => one - other)) {
          tail.write(text.slice(from, cut));
          from = Math.max(from, cut);
        }
        const rest = tail.text().replace(/x+$/, "");
        assert.match(rest, /^(x*|…x*|…)(\[secret\])?$|^…[[secrt\]]{0,7}$/);
      }),
    );
  });
});

describe("a webhook as a hook", () => {
  let server: http.Server;
  let url: string;
  let answer: (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void;

  before((done) => {
    server = http.createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += chunk)).on("end", () => answer(request, response, body));
    });
    server.listen(0, "127.0.0.1", () => {
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?sig=x`;
      done();
    });
  });
  after((done) => {
    server.closeAllConnections();
    server.close(done);
  });

  it("is sent the stage as JSON with its token, and passes with a 2xx status", async () => {
    let got: unknown;
    answer = (request, response, body) => {
      got = [
        request.method,
        request.headers.authorization,
        request.headers["content-type"],
        request.headers["idempotency-key"],
        JSON.parse(body),
      ];
      response.writeHead(201).end("done with t0ken-value");
    };
    assert.deepEqual(await run({ webhook: url, tokenFrom: "HOOK_CRED" }, { HOOK_CRED: "t0ken-value" }), {
      ok: true,
      output: "done with [secret]",
    });
    assert.deepEqual(got, [
      "POST",
      "Bearer t0ken-value",
      "application/json",
      "production-1/smoke/2/test",
      { hook: "test", ...CONTEXT },
    ]);
  });

  it("fails with another status, and follows no redirect", async () => {
    answer = (_, response) => response.writeHead(500).end("broken");
    assert.deepEqual(await run({ webhook: url }), {
      ok: false,
      reason: "hook test failed: it answered 500",
      output: "broken",
    });
    let asked = 0;
    answer = (_, response) => {
      asked += 1;
      response.writeHead(307, { location: url.replace("127.0.0.1", "localhost") }).end();
    };
    assert.match((await run({ webhook: url })).reason!, /it answered 307, a redirect: config must name the URL/);
    assert.equal(asked, 1);
  });

  it("fails when it does not answer in time, when its answer does not end, when it is not there or its token is not", async () => {
    answer = () => undefined;
    assert.match((await run({ webhook: url, timeout: "1s" })).reason!, /no answer within 1 s/);
    answer = (_, response) => void response.writeHead(200).write("begun");
    assert.deepEqual(await run({ webhook: url, timeout: "1s" }), {
      ok: false,
      reason: "hook test failed: no answer within 1 s",
      output: "begun",
    });
    assert.match(
      (await run({ webhook: "http://127.0.0.1:1/secret-path" })).reason!,
      /^hook test failed: it cannot be reached \([A-Za-z_ ]+\)$/,
    );
    assert.match(
      (await run({ webhook: url, tokenFrom: "HOOK_TOKEN" })).reason!,
      /the environment variable HOOK_TOKEN holds its token, and is not set/,
    );
  });

  it("is left when the rollout goes another way", async () => {
    answer = () => undefined;
    const ended = new AbortController();
    const running = run({ webhook: url }, {}, ended.signal);
    ended.abort();
    assert.match((await running).reason!, /it was stopped before it answered/);
  });
});

async function gone(pid: number): Promise<void> {
  assert(pid > 0);
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await setTimeout(10);
  }
}
