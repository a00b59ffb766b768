import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { S3Objects } from "../../../../rollout/journal/s3Objects";

export const BUCKET = "evidence";

/** The server that tests run on: a real one, that holds its conditions also when many write at once. */
const PROGRAM = "versitygw";

/** Why tests on a real server cannot run here; undefined when they can. */
export function noServer(): string | undefined {
  return spawnSync(PROGRAM, ["--version"]).error === undefined
    ? undefined
    : `there is no S3 server: go install github.com/versity/versitygw/cmd/${PROGRAM}@v1.8.0`;
}

/** An S3 server with one empty bucket, and the environment that leads to it. */
export class S3Server {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly process: ChildProcess,
  ) {}

  /** Starts it, and makes sure that of many conditional writes at once exactly one is done. */
  static async start(): Promise<S3Server> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-s3-"));
    const port = await freePort();
    const child = spawn(PROGRAM, ["--quiet", "--port", `127.0.0.1:${port}`, "posix", folder], {
      env: { ...process.env, ROOT_ACCESS_KEY: "access", ROOT_SECRET_KEY: "secret-of-the-test" },
      stdio: "ignore",
    });
    const server = new S3Server(port, folder, child);
    Object.assign(process.env, server.environment());
    const s3 = new S3Client({ forcePathStyle: true, maxAttempts: 1 });
    for (let tries = 1; ; tries += 1) {
      try {
        await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
        break;
      } catch (error) {
        if (tries === 100) {
          throw error;
        }
        await wait(100);
      }
    }
    await holdsConditions();
    return server;
  }

  /** What leads the SDK to it. @param port - @default - its own */
  environment(port = this.port): Record<string, string> {
    return {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "access",
      AWS_SECRET_ACCESS_KEY: "secret-of-the-test",
      AWS_REGION: "us-east-1",
    };
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill();
    await ended;
    fs.rmSync(this.folder, { recursive: true });
    Object.keys(this.environment()).forEach((name) => delete process.env[name]);
  }
}

/** A server that ignores conditions would let every test of two writers pass by chance. */
async function holdsConditions(): Promise<void> {
  const objects = new S3Objects(BUCKET, "conditions", process.env);
  const write = (text: number, condition: Parameters<S3Objects["put"]>[2]) =>
    objects.put("object", Buffer.from(`${text}`), condition);
  const many = Array.from({ length: 16 }, (_, index) => index);
  const made = await Promise.all(many.map((each) => write(each, { absent: true })));
  const [etag, ...more] = made.filter((each) => each !== undefined);
  assert.deepEqual(more, [], "If-None-Match is not held");
  const replaced = await Promise.all(many.map((each) => write(100 + each, { etag: etag! })));
  assert.equal(replaced.filter((each) => each !== undefined).length, 1, "If-Match is not held");
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
