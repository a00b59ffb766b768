import assert from "node:assert/strict";
import type { JournalStorage } from "../../../../rollout/journal/storage";

/** What every storage promises. @param make - An empty one for each test. */
export function keeps(kind: string, make: () => JournalStorage): void {
  describe(`the storage of a journal ${kind}`, () => {
    const lease = { holder: "ada", fence: 1, expires: 60_000 };
    const text = async (log: number) => (await storage.read(log, 0, 1_000)).toString();
    let storage: JournalStorage;

    beforeEach(() => {
      storage = make();
    });

    it("replaces the lease only when it is the one expected", async () => {
      assert.equal(await storage.lease(), undefined);
      assert.equal(await storage.swapLease(lease, lease), false);
      assert.equal(await storage.swapLease(undefined, lease), true);
      assert.equal(await storage.swapLease(undefined, { ...lease, fence: 2 }), false);
      assert.deepEqual(await storage.lease(), lease);
      assert.equal(await storage.swapLease(lease, { ...lease, expires: 90_000 }), true);
      assert.equal(await storage.swapLease(lease, { ...lease, fence: 2 }), false);
    });

    it("writes only at the place expected, and only under the lease", async () => {
      await storage.swapLease(undefined, lease);
      assert.equal(await storage.create(1, Buffer.from("one\n"), { holder: "eva", fence: 1 }), "fenced");
      assert.deepEqual(await storage.logs(), []);
      assert.equal(await storage.create(1, Buffer.from("one\n"), lease), "written");
      assert.equal(await storage.create(1, Buffer.from("two\n"), lease), "moved");
      assert.equal(await storage.append(1, 3, Buffer.from("x\n"), lease), "moved");
      assert.equal(await storage.append(1, 5, Buffer.from("x\n"), lease), "moved");
      assert.equal(await storage.append(1, 4, Buffer.from("x\n"), { ...lease, fence: 2 }), "fenced");
      assert.equal(await text(1), "one\n");
      assert.equal(await storage.append(1, 4, Buffer.from("two\n"), lease), "written");
      assert.equal(await text(1), "one\ntwo\n");
      assert.equal(await storage.setAside(1, 4, { ...lease, fence: 2 }), "fenced");
      assert.equal(await storage.setAside(1, 4, lease), "written");
      assert.equal(await text(1), "one\n");
      assert.deepEqual([await storage.logs(), await storage.length(1)], [[1], 4]);
    });

    it("reads from any place, at most so much", async () => {
      await storage.swapLease(undefined, lease);
      await storage.create(1, Buffer.from("0123456789"), lease);
      await storage.append(1, 10, Buffer.from("abc"), lease);
      const read = async (position: number, most: number) => (await storage.read(1, position, most)).toString();
      assert.deepEqual(
        [await read(0, 4), await read(8, 4), await read(11, 9), await read(13, 9), await read(20, 9)],
        ["0123", "89ab", "bc", "", ""],
      );
    });
  });
}
