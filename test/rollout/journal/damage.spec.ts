import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { folderJournal, JournalError, thisHolder } from "../../../rollout/journal";
import { encodeRecord } from "../../../rollout/journal/line";
import { FINISHED, stageBegun, started } from "./support/script";
import { temporaryFolder } from "./support/folder";

describe("a damaged journal", () => {
  const where = temporaryFolder();
  let file: string;
  let good: Buffer;
  let ends: number[];
  const open = () => folderJournal(where.path, "production");
  const read = () => open().read("production-2");

  beforeEach(async () => {
    const journal = open();
    const lease = await journal.acquire(thisHolder("ada"), 60);
    await journal.begin(lease, 1, started("1.0"));
    await journal.append(lease, 2, FINISHED);
    await journal.begin(lease, 3, started("2.0"));
    await journal.append(lease, 4, stageBegun("a"));
    await journal.append(lease, 5, stageBegun("b"));
    file = path.join(where.path, "production", "rollout-0002.jsonl");
    good = fs.readFileSync(file);
    ends = [...good.entries()].flatMap(([at, byte]) => (byte === 0x0a ? [at + 1] : []));
  });

  /** Lines of the file, with their ends. */
  const lines = () => ends.map((end, index) => good.subarray(ends[index - 1] ?? 0, end));

  async function refused(expected: RegExp, reading: () => Promise<unknown> = read): Promise<void> {
    await assert.rejects(reading(), (error: Error) => {
      assert(error instanceof JournalError, error.stack);
      assert.match(error.message, expected);
      assert(error.message.includes(path.join(where.path, "production")), error.message);
      return true;
    });
  }

  it("is found out whichever bit is flipped", async () => {
    for (let at = 0; at < good.length; at++) {
      const bad = Buffer.from(good);
      bad[at]! ^= 1 << (at % 8);
      fs.writeFileSync(file, bad);
      await assert.rejects(read(), JournalError, `byte ${at} of ${good.length}`);
    }
    for (const end of ends) {
      for (let bit = 0; bit < 8; bit++) {
        const bad = Buffer.from(good);
        bad[end - 1]! ^= 1 << bit;
        fs.writeFileSync(file, bad);
        await assert.rejects(read(), JournalError, `bit ${bit} of the line's end at ${end}`);
      }
    }
  });

  it("is named with the record, and what to do", async () => {
    const bad = Buffer.from(good);
    bad[ends[1]! + 5]! ^= 1;
    fs.writeFileSync(file, bad);
    await refused(
      /record 2 of the journal .*rollout-0002.jsonl \(rollout production-2\) is damaged: its content does not match its hash.*Put a good copy/,
    );
    await assert.rejects(open().acquire(thisHolder("ada"), 60), JournalError);
  });

  it("goes on from the record before, wherever the last write was torn, and keeps the torn bytes", async () => {
    for (let at = ends[2]! + 1; at < good.length; at++) {
      fs.writeFileSync(file, good.subarray(0, at));
      const whole = at === good.length - 1;
      assert.equal((await read()).length, whole ? 3 : 2);
      if (at % 16 !== 0 && !whole) {
        continue;
      }
      const journal = open();
      const lease = await journal.acquire(thisHolder("ada"), 60);
      await journal.append(lease, 6, stageBegun("c"));
      await journal.append(lease, 7, stageBegun("d"));
      const stages = (await read()).map((record) => (record.type === "stage-begun" ? record.stage : record.type));
      assert.deepEqual(stages, whole ? ["started", "a", "b", "c", "d"] : ["started", "a", "c", "d"]);
      const kept = fs.readdirSync(path.dirname(file)).filter((name) => name.includes(".torn-"));
      if (whole) {
        assert.deepEqual(kept, []);
      } else {
        assert.equal(kept.length, 1);
        assert.deepEqual(fs.readFileSync(path.join(path.dirname(file), kept[0]!)), good.subarray(ends[2], at));
        fs.rmSync(path.join(path.dirname(file), kept[0]!));
      }
    }
  });

  it("goes on when a power loss left zeros behind the last record", async () => {
    fs.appendFileSync(file, Buffer.alloc(100));
    const journal = open();
    const lease = await journal.acquire(thisHolder("ada"), 60);
    await journal.append(lease, 6, stageBegun("c"));
    assert.equal((await read()).length, 4);
  });

  it("is found out when a record is missing, is there twice, or out of order", async () => {
    const [header, first, second, third] = lines() as [Buffer, Buffer, Buffer, Buffer];
    for (const [order, expected] of [
      [[header, first, third], /record 2 of .* is missing: record 3 stands where 2 should/],
      [[header, first, second, second, third], /record 2 of .* is there twice/],
      [[header, first, third, second], /record 2 of .* is missing/],
      [[header, second, third], /record 1 of .* is missing/],
      [[first, second, third], /its first line should name format 1, rollout production-2/],
      [[header], /it ends before its first record/],
    ] as const) {
      fs.writeFileSync(file, Buffer.concat(order));
      await refused(expected);
    }
  });

  it("is found out when a record was replaced by one with a hash of its own", async () => {
    const other = folderJournal(path.join(where.path, "other"), "production");
    const lease = await other.acquire(thisHolder("ada"), 60);
    await other.begin(lease, 3, started("2.0"));
    await other.append(lease, 4, stageBegun("x"));
    const forged = fs
      .readFileSync(path.join(where.path, "other", "production", "rollout-0001.jsonl"), "utf8")
      .split("\n")[2]!;
    fs.writeFileSync(file, Buffer.concat([lines()[0]!, lines()[1]!, Buffer.from(`${forged}\n`), lines()[3]!]));
    await refused(/record 2 of .* it does not follow record 1/);
  });

  it("is found out when a record stands under an older lease than the one before", async () => {
    const [header] = lines();
    const { hash: before } = (await open().read("production-1")).at(-1)!;
    const first = encodeRecord(started("2.0"), 1, { sequence: 1, fence: 7, previous: before });
    const second = encodeRecord(stageBegun("a"), 2, { sequence: 2, fence: 6, previous: first.slice(-66, -2) });
    fs.writeFileSync(file, `${header!.toString()}${first}\n${second}\n`);
    await refused(/record 2 of .* was written under lease 6, after lease 7 had been taken/);
  });

  it("is found out when an earlier rollout was replaced, recomputed or removed", async () => {
    const first = path.join(path.dirname(file), "rollout-0001.jsonl");
    const other = folderJournal(path.join(where.path, "other"), "production");
    const lease = await other.acquire(thisHolder("ada"), 60);
    await other.begin(lease, 1, started("1.1"));
    await other.append(lease, 2, FINISHED);
    fs.copyFileSync(path.join(where.path, "other", "production", "rollout-0001.jsonl"), first);
    await refused(/record 1 of .*rollout-0002.jsonl.* does not follow the last record of the rollout before/, () =>
      open().history(),
    );
    fs.rmSync(first);
    await refused(/rollout-0001.jsonl is missing, and there are later ones/);
  });

  it("is found out when it becomes shorter while it is open", async () => {
    const journal = open();
    await journal.read("production-2");
    fs.truncateSync(file, ends[2]);
    await refused(/record 3 of .* is not there anymore/, () => journal.read("production-2"));
  });

  it("says what an editor, a copy or a later version did to it", async () => {
    const text = good.toString();
    for (const [content, expected] of [
      ["", /it is empty/],
      [`\uFEFF${text}`, /begins with a byte order mark/],
      [text.replaceAll("\n", "\r\n"), /lines end in CR LF/],
      [
        text.replace('"cutoverJournal":1', '"cutoverJournal":2'),
        /has format 2, and this version of Cutover reads up to 1/,
      ],
      [
        text.replace('"stack":"production"', '"stack":"staging"'),
        /should name .* stack production, and names .* staging/,
      ],
      ["[]\n", /first line should name/],
      ["x\n", /it is no JSON object/],
    ] as const) {
      fs.writeFileSync(file, content);
      await refused(expected);
    }
  });

  it("follows no symbolic link, and reads no folder", async () => {
    fs.renameSync(file, `${where.path}/elsewhere`);
    fs.symlinkSync(`${where.path}/elsewhere`, file);
    await refused(/cannot read .*rollout-0002.jsonl: ELOOP.*symbolic link/);
    fs.rmSync(file);
    fs.mkdirSync(file);
    await refused(/rollout-0002.jsonl is no regular file/);
  });

  it("is not written under a lease that cannot be read", async () => {
    const lease = path.join(where.path, "production", "lease.json");
    for (const content of ["", '{"format":1,"hol', '{"format":2,"holder":"a","fence":9,"expires":0}']) {
      fs.writeFileSync(lease, content);
      await refused(/lease.json is damaged, or of a later version of Cutover/, () =>
        open().acquire(thisHolder("ada"), 60),
      );
      assert.equal((await read()).length, 3);
    }
  });
});
