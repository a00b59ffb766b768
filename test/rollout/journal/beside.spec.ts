import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  heartbeat,
  journalFolder,
  JournalError,
  noteOverride,
  readClaim,
  removeClaim,
  takeOverrides,
  writeClaim,
} from "../../../rollout/journal";
import type { Claim, Override } from "../../../rollout/journal";
import { temporaryFolder } from "./support/folder";

describe("beside the journal", () => {
  const where = temporaryFolder();

  describe("the folder", () => {
    it("is what was asked for, else CUTOVER_JOURNAL, else .cutover in the project", () => {
      assert.equal(journalFolder("/project", {}), "/project/.cutover");
      assert.equal(journalFolder("/project", { CUTOVER_JOURNAL: "journals" }), "/project/journals");
      assert.equal(journalFolder("/project", { CUTOVER_JOURNAL: "journals" }, "/srv/journals"), "/srv/journals");
    });
  });

  describe("the heartbeat", () => {
    it("is the last one that was left, readable by any monitoring", () => {
      const heart = heartbeat(where.path, "production");
      assert.equal(heart.last(), undefined);
      const beat = {
        time: "2026-11-21T12:00:00.000Z",
        due: "2026-11-21T12:00:30.000Z",
        rollout: "production-1",
        stage: "shift-10",
        state: "watching",
        head: "ab",
      };
      heart.beat({ ...beat, state: "applying" });
      heart.beat(beat);
      assert.deepEqual(heart.last(), beat);
      const file = path.join(where.path, "production", "heartbeat.json");
      assert.deepEqual(JSON.parse(fs.readFileSync(file, "utf8")), beat);
      fs.writeFileSync(file, "{");
      assert.throws(() => heart.last(), /the heartbeat .*heartbeat.json is damaged.* The next tick writes a new one/);
    });
  });

  describe("the claim", () => {
    const claim: Claim = {
      rollout: "production-7",
      stack: "production",
      stacks: {
        production: { "traffic.green": 10 },
        "production-application": { "capacity.green": "peak", "releases.green": { version: "2.0" } },
      },
    };

    it("is found by each stack that it owns values of, until it is removed", () => {
      assert.equal(readClaim(where.path, "production"), undefined);
      writeClaim(where.path, claim);
      for (const stack of ["production", "production-application", undefined]) {
        assert.deepEqual(readClaim(where.path, stack), claim);
      }
      assert.equal(readClaim(where.path, "staging"), undefined);
      assert.equal(readClaim(path.join(where.path, "nowhere")), undefined);
      removeClaim(where.path, "production");
      removeClaim(where.path, "production");
      assert.equal(readClaim(where.path, "production"), undefined);
    });

    it("is replaced by the same stack's, and not by another stack's", () => {
      writeClaim(where.path, claim);
      writeClaim(where.path, { ...claim, rollout: "production-8" });
      const other = { rollout: "canary-1", stack: "canary", stacks: { "production-application": {} } };
      assert.throws(
        () => writeClaim(where.path, other),
        /rollout canary-1 needs stack production-application, which rollout production-8 owns/,
      );
      assert.equal(readClaim(where.path)?.rollout, "production-8");
    });

    it("is an error when it cannot be understood: a guard must not take that for none", () => {
      writeClaim(where.path, claim);
      fs.writeFileSync(path.join(where.path, "README"), "");
      for (const content of ["", "{}", '{"rollout":"a","stack":"b","stacks":{"c":1}}']) {
        fs.writeFileSync(path.join(where.path, "production", "claim.json"), content);
        assert.throws(
          () => readClaim(where.path, "staging"),
          (error: Error) => {
            assert(error instanceof JournalError);
            assert.match(error.message, /the claim .*claim.json is damaged/);
            return true;
          },
        );
      }
    });
  });

  describe("overrides", () => {
    const override = (at: number): Override => ({
      by: "eva",
      reason: "fire",
      stack: "production-application",
      at,
      patch: { "capacity.blue": "off" },
    });

    it("are given to the journal in order, once", async () => {
      for (const at of [1_000_000_000_000, 1_000_000_000_002, 1_000_000_000_001]) {
        noteOverride(where.path, "production", override(at));
      }
      const taken: Override[] = [];
      const take = () => takeOverrides(where.path, "production", async (each) => taken.push(each));
      await take();
      await take();
      assert.deepEqual(
        taken,
        [0, 1, 2].map((more) => override(1_000_000_000_000 + more)),
      );
    });

    it("are kept when the journal does not take them", async () => {
      noteOverride(where.path, "production", override(1));
      await assert.rejects(
        takeOverrides(where.path, "production", () => Promise.reject(new Error("full"))),
        /full/,
      );
      const taken: Override[] = [];
      await takeOverrides(where.path, "production", async (each) => taken.push(each));
      assert.equal(taken.length, 1);
    });
  });
});
