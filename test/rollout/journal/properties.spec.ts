import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { EngineError } from "../../../rollout/engine";
import { canonicalJson } from "../../../rollout/journal/canonical";
import { folderJournal, LeaseError, memoryJournal, thisHolder } from "../../../rollout/journal";
import type { Journal, Lease } from "../../../rollout/ports";
import { temporaryFolder } from "./support/folder";
import { interfere } from "./support/interfere";
import { FINISHED, stageBegun, started } from "./support/script";

/** Appends, and where the process is gone, counted in changes of the disk from then on; never when absent. */
const lives = fc.array(
  fc.record({
    stages: fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { maxLength: 6 }),
    end: fc.boolean(),
    gone: fc.option(fc.nat(60), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 5 },
);

describe("properties of a journal", () => {
  const where = temporaryFolder();

  it("whatever is appended and wherever its writers go away, what was acknowledged is there in order", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(lives, async (plan) => {
        const folder = path.join(where.path, String(run++));
        const acknowledged: string[] = [];
        let unknown = 0;
        for (const { stages, end, gone } of plan) {
          const journal = folderJournal(folder, "production");
          let broken = false;
          const fail = (): never => {
            broken = true;
            throw Object.assign(new Error("gone"), { code: "EIO" });
          };
          const restore = interfere((at, change) => {
            if (broken || (gone !== undefined && at >= gone)) {
              return change === "writeSync" && !broken ? "half" : fail();
            }
          }, fail);
          try {
            const lease = await journal.acquire(thisHolder("ada"), 60);
            const last = (await journal.history()).at(-1);
            if (last === undefined || last.ended !== undefined) {
              acknowledged.push((await journal.begin(lease, 1, started("1.0"))).record.hash);
            }
            for (const stage of stages) {
              acknowledged.push((await journal.append(lease, 1, stageBegun(stage))).hash);
            }
            if (end) {
              acknowledged.push((await journal.append(lease, 1, FINISHED)).hash);
            }
          } catch (error) {
            assert(error instanceof EngineError && broken, (error as Error).stack);
            unknown += 1;
          } finally {
            restore();
          }
        }
        const journal = folderJournal(folder, "production");
        const there: string[] = [];
        for (const { id } of await journal.history()) {
          there.push(...(await journal.read(id)).map(({ hash }) => hash));
        }
        assert.deepEqual(
          there.filter((hash) => acknowledged.includes(hash)),
          acknowledged,
        );
        assert(there.length <= acknowledged.length + unknown);
        fs.rmSync(folder, { recursive: true, force: true });
      }),
      { numRuns: 60 },
    );
  });

  it("of any number of holders, only the one with the newest lease writes, until that is given back", async () => {
    const act = fc.record({
      who: fc.nat(2),
      what: fc.constantFrom("acquire", "append", "renew", "release"),
      later: fc.nat(90),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        let now = 0;
        const journal: Journal = memoryJournal("production", () => now);
        const first = await journal.acquire("nobody@nowhere pid 1", 1);
        const { id } = await journal.begin(first, 0, started("1.0"));
        await journal.release(first);
        const leases: (Lease | undefined)[] = [];
        let owner: number | undefined;
        let expires = 0;
        let fence = first.fence;
        let count = 1;
        for (const { who, what, later } of acts) {
          now += later * 1000;
          const lease = leases[who];
          const allowed = what === "acquire" ? owner === undefined || owner === who || expires <= now : owner === who;
          if (what !== "acquire" && lease === undefined) {
            continue;
          }
          const attempt = async () => {
            switch (what) {
              case "acquire":
                leases[who] = await journal.acquire(`holder ${who}`, 60);
                assert.equal(leases[who].fence, ++fence);
                break;
              case "append":
                assert.equal((await journal.append(lease!, now, stageBegun("a"))).fence, fence);
                count += 1;
                break;
              case "renew":
                leases[who] = await journal.renew(lease!, 60);
                break;
              default:
                await journal.release(lease!);
            }
          };
          if (!allowed && what !== "release") {
            await assert.rejects(attempt(), LeaseError);
            continue;
          }
          await attempt();
          if (what === "acquire" || what === "renew") {
            owner = who;
            expires = now + 60_000;
          } else if (what === "release" && owner === who) {
            owner = undefined;
          }
        }
        assert.equal((await journal.read(id)).length, count);
      }),
      { numRuns: 300 },
    );
  });

  it("canonical JSON says the same as the value, whatever the order of its keys, and reads back equal", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        // A number has one form; only the sign of zero is none of JSON's.
        assert.equal(text, canonicalJson(JSON.parse(JSON.stringify(reversed(value)))));
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, each]) => [key, reversed(each)]),
      )
    : value;
}
