import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  beat,
  JournalError,
  lastBeat,
  LeaseError,
  openJournals,
  readClaim,
  removeClaim,
  takeOverrides,
  noteOverride,
  thisHolder,
  writeClaim,
  type Journals,
  type Override,
} from "../../../rollout/journal";
import { S3Objects } from "../../../rollout/journal/s3Objects";
import { S3Storage } from "../../../rollout/journal/s3Storage";
import { guard } from "../../../stacks/guard";
import { cutover } from "../../cli/command";
import { Inbox } from "../../../rollout/inbox";
import type { Request } from "../../../rollout/requests";
import { BadNetwork, type Fate } from "./support/badNetwork";
import { keepsJournal } from "./support/journalContract";
import { BUCKET, noServer, S3Server } from "./support/s3Server";
import { FINISHED, script, stageBegun, started } from "./support/script";
import { keeps } from "./support/storageContract";

const RACER = path.join(__dirname, "support", "racer.ts");
const ignore = () => undefined;

const WHEN: Readonly<Record<Exclude<Fate, "passes" | "held">, string>> = {
  before: "before the server has the request",
  half: "in the middle of it",
  after: "before the answer comes",
};

describe("a journal in S3, on a real server", function () {
  this.timeout(300_000);
  let server: S3Server;
  let last = 0;
  /** A prefix that nothing is below yet. */
  const anew = () => `test-${++last}`;
  const journalsAt = (prefix: string): Journals => openJournals({ bucket: BUCKET, prefix }, process.env);

  before(async function () {
    const missing = noServer();
    if (missing !== undefined) {
      console.log(`      skipped: ${missing}`);
      this.skip(); // A stand-in would agree with whatever we believe of S3: only a server that somebody else wrote shows it.
    }
    server = await S3Server.start();
  });
  after(async () => server?.stop());

  keeps("in S3", () => new S3Storage(new S3Objects(BUCKET, anew(), process.env)));
  keepsJournal("in S3", (now) => journalsAt(anew()).of("production", now));

  it("never replaces an object but the head, and reads a long one back as it was", async () => {
    const prefix = anew();
    const journal = journalsAt(prefix).of("production");
    const lease = await journal.acquire(thisHolder("ada"), 60);
    await journal.begin(lease, 1, started("1.0"));
    const pieces = new S3Objects(BUCKET, `${prefix}/production`, process.env);
    const etags = new Map<string, string>();
    for (let at = 0; at < 12; at += 1) {
      await journal.append(lease, 2 + at, stageBegun("x".repeat(50_000)));
      for (const name of (await pieces.list("rollout-0001")).objects.keys()) {
        const { etag } = (await pieces.get(`rollout-0001/${name}`))!;
        assert.equal(etags.get(name) ?? etag, etag, `${name} was replaced`);
        etags.set(name, etag);
      }
    }
    assert.ok(etags.size >= 3, `${etags.size} pieces`);
    await journal.append(lease, 20, FINISHED);
    await journal.begin(lease, 21, started("2.0"));
    const reader = journalsAt(prefix).of("production");
    assert.deepEqual(await reader.read("production-1"), await journal.read("production-1"));
    assert.equal((await reader.read("production-1")).length, 14);
    assert.equal((await reader.history()).length, 2);
    await pieces.remove(`rollout-0001/${[...etags.keys()][1]!}`);
    await assert.rejects(journalsAt(prefix).of("production").history(), /\.jsonl is missing, or shorter than it was/);
  });

  it("says so when the head is gone, and begins nothing over what is there", async () => {
    const prefix = anew();
    const journal = journalsAt(prefix).of("production");
    const lease = await journal.acquire(thisHolder("ada"), 60);
    await journal.begin(lease, 1, started("1.0"));
    await journal.append(lease, 2, FINISHED);
    await journal.begin(lease, 3, started("2.0"));
    const objects = new S3Objects(BUCKET, `${prefix}/production`, process.env);
    const { body } = (await objects.get("head"))!;
    await objects.remove("head");
    await assert.rejects(
      journalsAt(prefix).of("production").acquire("eva", 60),
      /head is missing, and there are rollouts/,
    );
    await objects.put("head", body.subarray(0, body.length - 1));
    await assert.rejects(journalsAt(prefix).of("production").history(), /head is damaged, or of a later version/);
  });

  it("is written by one of two controllers at a time, however they race", async () => {
    const prefix = anew();
    const journal = journalsAt(prefix).of("production");
    const lease = await journal.acquire(thisHolder("ada"), 60);
    await journal.begin(lease, 0, started("1.0"));
    await journal.release(lease);
    const racers = [1, 2].map(
      () =>
        new Promise<string[]>((resolve, reject) => {
          const child = spawn(process.execPath, ["-r", "tsx/cjs", RACER, `s3://${BUCKET}/${prefix}`, "8"]);
          let [output, errors] = ["", ""];
          child.stdout.on("data", (text: Buffer) => (output += text.toString()));
          child.stderr.on("data", (text: Buffer) => (errors += text.toString()));
          child.on("close", (code) =>
            code === 0 ? resolve(output.trim().split("\n")) : reject(new Error(`it ended with ${code}: ${errors}`)),
          );
        }),
    );
    const acknowledged = (await Promise.all(racers)).flat();
    const records = await journal.read("production-1");
    assert.deepEqual(
      records
        .slice(1)
        .map(({ hash }) => hash)
        .sort(),
      acknowledged.sort(),
    );
    const fences = records.map(({ fence }) => fence);
    assert.equal(new Set(fences).size, 17, "each was written under a lease of its own");
    assert.deepEqual(
      fences,
      [...fences].sort((one, other) => one - other),
    );
  });

  describe("over a bad network", () => {
    let network: BadNetwork;
    beforeEach(async () => {
      network = new BadNetwork(server.port);
      Object.assign(process.env, server.environment(await network.open()));
    });
    afterEach(async () => {
      Object.assign(process.env, server.environment());
      await network.close();
    });

    it("refuses the late write of a controller that stalled past its lease", async () => {
      const prefix = anew();
      let now = 1_000_000;
      const stalled = journalsAt(prefix).of("production", () => now);
      const lease = await stalled.acquire("ada@laptop pid 1", 60);
      await stalled.begin(lease, 1, started("1.0"));
      // The write is on its way, and arrives when another one has the lease.
      network.fate = (_, { method }) => (method === "PUT" ? "held" : "passes");
      const late = stalled.append(lease, 2, stageBegun("late"));
      late.catch(ignore);
      Object.assign(process.env, server.environment());
      now += 61_000;
      const other = journalsAt(prefix).of("production", () => now);
      const next = await other.acquire("eva@desk pid 2", 60);
      await other.append(next, 3, stageBegun("next"));
      network.letPass();
      await assert.rejects(late, (error: Error) => {
        assert(error instanceof LeaseError);
        assert.match(error.message, /ada@laptop pid 1 has lost the rollout \(lease 1\)/);
        return true;
      });
      const records = await other.read("production-1");
      assert.deepEqual(
        records.map((record) => [record.fence, record.type === "stage-begun" ? record.stage : record.type]),
        [
          [1, "started"],
          [2, "next"],
        ],
      );
    });

    for (const fate of ["before", "half", "after"] as const) {
      it(`writes everything once when any one connection is cut ${WHEN[fate]}`, async () => {
        const expected = await told(anew());
        const requests = network.count;
        assert.ok(requests > 10);
        for (let at = 0; at < requests; at += 1) {
          const prefix = anew();
          const first = network.count;
          network.fate = (number) => (number - first === at ? fate : "passes");
          assert.deepEqual(await told(prefix), expected, `request ${at}`);
        }
      });

      it(`loses nothing that was acknowledged when the network is cut ${WHEN[fate]} and stays so`, async () => {
        const requests = await counted();
        for (const at of [0.2, 0.4, 0.6, 0.8].map((part) => Math.floor(part * requests))) {
          const prefix = anew();
          const first = network.count;
          const acknowledged: string[] = [];
          const say = (what: string) => void acknowledged.push(what);
          network.fate = (number) => (number - first >= at ? fate : "passes");
          const journals = journalsAt(prefix);
          const journal = journals.of("production");
          await assert.rejects(script(journal, thisHolder("ada"), ignore, say), (error: Error) => {
            assert(error instanceof JournalError, error.stack);
            assert.match(error.message, /Look whether S3 can be reached from here, then run `cutover rollout resume`/);
            return true;
          });
          network.fate = () => "passes";
          // The same process may go on, as well as another one: both read what really was written.
          for (const each of [journal, journals.of("production")]) {
            const there = await hashes(each);
            assert.deepEqual(there.slice(0, acknowledged.length), acknowledged);
            assert.ok(there.length <= acknowledged.length + 1);
          }
          const lease = await journal.acquire(thisHolder("ada"), 60);
          const before = await journal.history();
          if (before.length > 0 && before.at(-1)!.ended === undefined) {
            await journal.append(lease, 9, FINISHED);
          }
          await journal.begin(lease, 10, started("3.0"));
          assert.equal((await journals.of("production").history()).length, before.length + 1);
        }
      });
    }

    /** Does the script. @returns what was acknowledged, and is there. */
    async function told(prefix: string): Promise<string[]> {
      const journal = journalsAt(prefix).of("production");
      const acknowledged: string[] = [];
      await script(journal, "ada@laptop pid 1", ignore, (what) => void acknowledged.push(what));
      assert.deepEqual(await hashes(journalsAt(prefix).of("production")), acknowledged);
      return acknowledged;
    }

    async function counted(): Promise<number> {
      const first = network.count;
      await script(journalsAt(anew()).of("production"), thisHolder("ada"), ignore, ignore);
      return network.count - first;
    }
  });

  it("says what to do when the bucket, the right or the server is missing", async () => {
    const nowhere = openJournals({ bucket: "no-such-bucket", prefix: "" }, process.env).of("production");
    await assert.rejects(
      nowhere.acquire("ada", 60),
      /NoSuchBucket: .*Make the bucket, with versioning, or name another/,
    );
    try {
      process.env["AWS_SECRET_ACCESS_KEY"] = "another";
      await assert.rejects(journalsAt(anew()).of("production").acquire("ada", 60), (error: Error) => {
        assert(error instanceof JournalError);
        assert.match(error.message, /SignatureDoesNotMatch: .*Set the secret key that belongs to the access key/);
        assert.ok(!error.message.includes("another"));
        return true;
      });
    } finally {
      Object.assign(process.env, server.environment());
    }
  });

  it("is what the commands and the program's guard find by CUTOVER_JOURNAL", async () => {
    const prefix = anew();
    const place = `s3://${BUCKET}/${prefix}/`;
    const { of, shelf } = journalsAt(prefix);
    const { id } = await of("production").begin(
      await of("production").acquire(thisHolder("ada"), 60),
      1,
      started("1.0"),
    );
    const { code, stdout, stderr } = await cutover(["rollout", "verify", "--stack", "production", "--json"], {
      env: { CUTOVER_JOURNAL: place },
    });
    assert.equal(code, 0, stderr);
    assert.deepEqual([JSON.parse(stdout).ok, JSON.parse(stdout).records], [true, 1]);

    await writeClaim(shelf, { rollout: id, stack: "production", stacks: { production: { "traffic.green": 10 } } });
    void pulumi.runtime.setMocks(
      { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
      "cutover",
      "production",
    );
    pulumi.runtime.setAllConfig({ "cutover:traffic": '{"green":0}' });
    const run = { ...process.env, CUTOVER_JOURNAL: place, PULUMI_NODEJS_MONITOR: "127.0.0.1:1" };
    await assert.rejects(guard(run), /rollout production-1 is open, and owns values of stack production/);
    pulumi.runtime.setAllConfig({ "cutover:traffic": '{"green":10}' });
    await guard(run);
  });

  it("has claim, heartbeat, overrides and requests beside it", async () => {
    const { shelf } = journalsAt(anew());
    const claim = { rollout: "a/b-1", stack: "a/b", stacks: { "a/b": { "traffic.green": 10 }, other: {} } };
    assert.equal(await readClaim(shelf, "other"), undefined);
    await writeClaim(shelf, claim);
    assert.deepEqual(await readClaim(shelf, "other"), claim);
    await removeClaim(shelf, "a/b");
    assert.equal(await readClaim(shelf), undefined);

    const time = "2026-11-21T12:00:00.000Z";
    const left = { time, due: time, rollout: "a/b-1", state: "holds", head: "ab", record: 1 };
    await beat(shelf, "a/b", left);
    assert.deepEqual(await lastBeat(shelf, "a/b"), left);

    const override = (at: number): Override => ({ by: "eva", reason: "fire", stack: "other", at, patch: {} });
    await noteOverride(shelf, "a/b", override(1_000_000_000_001));
    await noteOverride(shelf, "a/b", override(1_000_000_000_000));
    const taken: Override[] = [];
    for (const _ of [1, 2]) {
      await takeOverrides(shelf, "a/b", async (each) => taken.push(each));
    }
    assert.deepEqual(taken, [override(1_000_000_000_000), override(1_000_000_000_001)]);

    const request = (kind: "hold" | "promote"): Request => ({ kind, by: "eva", reason: "because" });
    const inbox = new Inbox(shelf, "a/b");
    await new Inbox(shelf, "a/b").put(request("hold"), 1);
    await new Inbox(shelf, "a/b").put(request("promote"), 2);
    assert.deepEqual(await inbox.take(), [request("hold"), request("promote")]);
    assert.deepEqual(await new Inbox(shelf, "a/b").take(), [request("hold")], "until the next look");
    assert.deepEqual(await inbox.take(), []);
    assert.deepEqual(await new Inbox(shelf, "a/b").take(), []);
  });
});

/** What is in a journal: rollout, sequence and hash of each record. */
async function hashes(journal: ReturnType<Journals["of"]>): Promise<string[]> {
  const there: string[] = [];
  for (const { id } of await journal.history()) {
    there.push(...(await journal.read(id)).map(({ sequence, hash }) => `${id} ${sequence} ${hash}`));
  }
  return there;
}
